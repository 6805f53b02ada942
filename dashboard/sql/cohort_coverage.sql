-- one row per county and year: the agencies that reported, and the agencies known there at all
with known as (
    select county_key, count(distinct agency_no) as agencies from picked_agencies group by county_key
), places as (
    select county_key, any_value(county) as county, any_value(city) as city from picked_cohorts group by county_key
), reported as (
    select county_key, year, sum(reports)::bigint as reports from picked_cohorts group by county_key, year
)
select p.county_key as group_key, p.county, p.city, k.agencies, y.year, if(r.reports is null, 0, r.reports) as reports
from places p
join known k using (county_key)
cross join (select distinct year from picked_cohorts) y
left join reported r on r.county_key = p.county_key and r.year = y.year
order by p.county_key, y.year
