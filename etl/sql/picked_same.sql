-- one row per report that the filters leave, of the agencies that have one in every year
create temp view picked as
select *
from filtered
where agency_no in (
    select agency_no
    from filtered
    group by agency_no
    having count(distinct year) = case
        when len(getvariable('chosen').years) > 0 then len(getvariable('chosen').years)
        else (select count(distinct year) from filtered)
    end
);
