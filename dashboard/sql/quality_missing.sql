-- one row per agency of the counties and kinds chosen that lacks a report: the years without one, and those of them
-- that lie between reports of the agency
with years as (
    select distinct year
    from picked
    where len($years::integer[]) = 0 or list_contains($years::integer[], year)
), known as (
    select
        agency_no, any_value(agency_key) as agency_key, arg_max(agency, year) as agency, arg_max(kind, year) as kind,
        arg_max(county, year) as county, arg_max(city, year) as city, arg_max(province, year) as province,
        min(year) as first_year, max(year) as last_year,
        list(distinct year) as reported
    from picked
    group by agency_no
), lacking as (
    select
        k.*, list(y.year order by y.year) as missing,
        list(y.year order by y.year) filter (y.year between k.first_year and k.last_year) as inside
    from known k
    join years y on not list_contains(k.reported, y.year)
    group by all
)
select
    agency_key, agency, kind, county, city, province, first_year, last_year, missing, coalesce(inside, []) as inside,
    count(*) over () as agencies
from lacking
order by len(inside) desc nulls last, len(missing) desc, province, city nulls first, county nulls first, kind, agency,
    agency_key
limit $most::integer
