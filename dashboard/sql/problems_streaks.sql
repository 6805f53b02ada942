-- one row per agency, theme and run of two years or more in a row in which the agency names it: the first $most of listed_of
with named as (
    select distinct p.agency_no, t.theme, p.year
    from picked p
    join base.problem_theme t using (report_no)
), placed as (
    select *, year - row_number() over (partition by agency_no, theme order by year) as run
    from named
), longest as (
    select
        agency_no, theme, min(year) as first_year, max(year) as last_year, count(*) as years, count(*) over () as listed_of
    from placed
    group by agency_no, theme, run
    having count(*) > 1
    order by years desc, last_year desc, agency_no, theme
    limit $most::integer
), agencies as (
    select
        agency_no, any_value(agency_key) as agency_key, arg_max(agency, year) as agency, arg_max(county, year) as county
    from picked
    semi join longest using (agency_no)
    group by agency_no
)
select a.agency_key, a.agency, a.county, l.theme, l.first_year, l.last_year, l.years, l.listed_of
from longest l
join agencies a using (agency_no)
order by l.years desc, l.last_year desc, l.agency_no, l.theme
