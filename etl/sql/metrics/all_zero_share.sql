-- one row per counted report: 1 of 1 when every known cell is 0; null when no cell is known
insert into measured
with read as (
    select report_no, bool_and(value = 0)::int as all_zero
    from base.cell
    where value is not null
    group by report_no
)
select f.report_no, 'all_zero_share', r.all_zero, r.all_zero, if(r.all_zero is null, null, 1)
from base.fact f
left join read r using (report_no)
where f.counted;
