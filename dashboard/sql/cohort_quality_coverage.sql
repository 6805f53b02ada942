-- one row per county, kind and year: the agencies known there at all, and those of them that reported
with known as (
    select
        agency_no, arg_max(kind, years[-1]) as kind, arg_max(county_key, years[-1]) as county_key,
        flatten(list(years)) as reported
    from picked_agencies
    group by agency_no
), years as (
    select distinct year
    from picked_cohorts
    where len($years::integer[]) = 0 or list_contains($years::integer[], year)
), agencies as (
    select county_key, kind, count(*) as agencies from known group by county_key, kind
), reports as (
    select county_key, kind, year, count(*) as reports
    from (select county_key, kind, unnest(reported) as year from known)
    group by county_key, kind, year
), counted as (
    select a.county_key, a.kind, y.year, a.agencies, coalesce(r.reports, 0) as reports
    from agencies a
    cross join years y
    left join reports r using (county_key, kind, year)
)
select *, sum(agencies - reports) over (partition by county_key, kind) as missing
from counted
order by missing desc, county_key, kind, year
