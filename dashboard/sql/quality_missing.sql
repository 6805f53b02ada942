-- one row per agency of the county and kind that are chosen, and year that has reports but none of this agency
with known as (
    select agency_key, arg_max(agency, year) as agency, arg_max(kind, year) as kind, arg_max(county, year) as county,
        min(year) as first_year, max(year) as last_year
    from picked
    group by agency_key
), years as (
    select distinct year from picked
)
select k.agency_key, k.agency, k.kind, k.county, y.year, y.year between k.first_year and k.last_year as inside
from known k
cross join years y
anti join picked p on p.agency_key = k.agency_key and p.year = y.year
order by k.county, k.kind, k.agency, y.year
