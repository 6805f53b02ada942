-- one row per county and year: the agencies that reported, and the agencies known there at all
with place as (
    select *, coalesce(county_code, if(region_level in ('ambiguous', 'none'), 'none', 'above')) as group_key
    from picked
), known as (
    select group_key, any_value(county) as county, any_value(city) as city, count(distinct agency_no) as agencies
    from place
    group by group_key
)
select k.*, y.year, count(p.report_no) as reports
from known k
cross join (select distinct year from picked) y
left join place p on p.group_key = k.group_key and p.year = y.year
group by all
order by k.group_key, y.year
