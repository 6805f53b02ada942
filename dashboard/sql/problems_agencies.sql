-- one row per agency that names a theme: in which years, and in how many statements
select
    p.agency_key, any_value(p.agency) as agency, any_value(p.county) as county, any_value(p.kind) as kind,
    string_agg(distinct p.year::varchar, ' ' order by p.year::varchar) as years, count(*) as statements
from picked p
join problem_themes t using (report_id)
where t.theme = $theme::varchar
group by p.agency_key
order by count(distinct p.year) desc, statements desc, p.agency_key
