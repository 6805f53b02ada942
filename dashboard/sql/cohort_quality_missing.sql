-- one row per agency of the counties and kinds chosen that lacks a report: the years without one, and those of them
-- that lie between reports of the agency
with years as (
    select list(distinct year order by year) as wanted
    from picked_cohorts
    where len($years::integer[]) = 0 or list_contains($years::integer[], year)
), known as (
    select
        agency_no, any_value(agency_key) as agency_key, arg_max(agency, years[-1]) as agency, arg_max(kind, years[-1]) as kind,
        arg_max(county, years[-1]) as county, arg_max(city_code, years[-1]) as city_code,
        arg_max(province_code, years[-1]) as province_code, min(years[1]) as first_year, max(years[-1]) as last_year,
        flatten(list(years)) as reported
    from picked_agencies
    group by agency_no
), lacking as (
    select
        k.*, list_filter(wanted, lambda year: not list_contains(reported, year)) as missing,
        list_filter(missing, lambda year: year between first_year and last_year) as inside
    from known k
    cross join years
    where not list_has_all(reported, wanted)
), places as (
    select province_code, city_code, any_value(city) as city, any_value(province) as province
    from picked_cohorts
    group by province_code, city_code
)
select
    l.agency_key, l.agency, l.kind, l.county, p.city, p.province, l.first_year, l.last_year, l.missing, l.inside,
    count(*) over () as agencies
from lacking l
left join places p
    on p.province_code is not distinct from l.province_code and p.city_code is not distinct from l.city_code
order by
    nullif(len(inside), 0) desc nulls last, len(missing) desc, province, city nulls first, county nulls first, kind, agency,
    agency_key
limit $most::integer
