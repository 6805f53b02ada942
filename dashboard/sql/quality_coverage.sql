-- one row per county, kind and year: the agencies known there at all, and those of them that reported
with known as (
    select
        agency_no, arg_max(kind, year) as kind, list(distinct year) as reported,
        arg_max(coalesce(county_code, if(region_level in ('ambiguous', 'none'), 'none', 'above')), year) as county_key
    from picked
    group by agency_no
), years as (
    select distinct year
    from picked
    where len($years::integer[]) = 0 or list_contains($years::integer[], year)
), counted as (
    select
        k.county_key, k.kind, y.year, count(*) as agencies,
        count(*) filter (list_contains(k.reported, y.year)) as reports
    from known k
    cross join years y
    group by k.county_key, k.kind, y.year
)
select *, sum(agencies - reports) over (partition by county_key, kind) as missing
from counted
order by missing desc, county_key, kind, year
