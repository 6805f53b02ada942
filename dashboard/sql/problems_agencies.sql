-- one row per agency that names a theme: in which years, and in how many statements; the first $most of listed_of
with by_year as materialized (
    select p.agency_no, p.year, count(*) as statements
    from base.problem_theme t
    join picked p using (report_no)
    where t.theme = $theme::varchar
    group by p.agency_no, p.year
), first_ones as (
    select agency_no, count(*) as n, sum(statements)::bigint as statements, count(*) over () as listed_of
    from by_year
    group by agency_no
    order by n desc, statements desc, agency_no
    limit $most::integer
), named as (
    select agency_no, string_agg(year::varchar, ' ' order by year) as years
    from by_year
    semi join first_ones using (agency_no)
    group by agency_no
), agencies as (
    select
        agency_no, any_value(agency_key) as agency_key, arg_max(agency, year) as agency, arg_max(county, year) as county,
        arg_max(kind, year) as kind
    from picked
    semi join first_ones using (agency_no)
    group by agency_no
)
select a.agency_key, a.agency, a.county, a.kind, n.years, f.statements, f.listed_of
from first_ones f
join named n using (agency_no)
join agencies a using (agency_no)
order by f.n desc, f.statements desc, f.agency_no
