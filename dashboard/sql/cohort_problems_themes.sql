-- one row per theme and group (all, a year or a county): reports that name it, of those with a section five
with asked as (
    select
        p.cohort_no, s.asked,
        case $by::varchar
            when 'year' then p.year::varchar
            when 'county' then p.county_key
            else ''
        end as group_key
    from picked_cohorts p
    join cohort_speech s using (cohort_no)
    where s.asked > 0
), named as (
    select a.group_key, t.theme, sum(t.reports)::bigint as reports, sum(t.statements)::bigint as statements
    from cohort_themes t
    join asked a using (cohort_no)
    group by a.group_key, t.theme
), groups as (
    select group_key, sum(asked)::bigint as of_reports from asked group by group_key
)
select
    t.key as theme, g.group_key, g.of_reports,
    if(n.theme is null, 0, n.reports) as reports, if(n.theme is null, 0, n.statements) as statements,
    if(n.theme is null, 0, n.reports) / g.of_reports as share
from theme t
cross join groups g
left join named n on n.theme = t.key and n.group_key = g.group_key
order by g.group_key, share desc, t.position
