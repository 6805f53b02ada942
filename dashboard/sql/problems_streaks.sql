-- one row per agency, theme and run of two years or more in a row in which the agency names it
with named as (
    select distinct p.agency_key, p.agency, p.county, t.theme, p.year
    from picked p
    join problem_themes t using (report_id)
), placed as (
    select *, year - row_number() over (partition by agency_key, theme order by year) as run
    from named
)
select
    agency_key, any_value(agency) as agency, any_value(county) as county, theme, min(year) as first_year,
    max(year) as last_year, count(*) as years
from placed
group by agency_key, theme, run
having count(*) > 1
order by years desc, last_year desc, agency_key, theme
