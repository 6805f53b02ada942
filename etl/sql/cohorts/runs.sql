-- one row per run of years in which an agency names a theme (table base.theme_run), in all its reports and in the sound ones
insert into base.theme_run
with agencies as (
    select *, count(*) over (partition by agency_no) = 1 as settled from base.agency
), placed as (
    select f.report_no, f.year, coalesce(f.arithmetic_errors, 0) = 0 as is_sound, a.row_no, a.settled
    from base.fact f
    join agencies a
        on a.agency_no = f.agency_no and a.kind = f.kind and a.region_level = f.region_level
        and a.province_code is not distinct from f.province_code and a.city_code is not distinct from f.city_code
        and a.county_code is not distinct from f.county_code
    where f.counted
), named as (
    select s.sound, n.theme_no, p.row_no, p.year, p.settled
    from naming n
    join placed p using (report_no)
    join (values (false), (true)) s (sound) on p.is_sound or not s.sound
), islands as (
    select *, year - if(settled, row_number() over (partition by sound, theme_no, row_no order by year), 0) as island
    from named
)
select sound, theme_no, row_no, min(year), max(year), settled
from islands
group by sound, theme_no, row_no, settled, island
having count(*) > 1 or not settled
order by sound, theme_no, row_no, min(year);
drop table naming;
