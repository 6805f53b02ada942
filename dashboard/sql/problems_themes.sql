-- one row per theme and group (all, a year or a county): reports that name it, of those with a section five
with asked as (
    select
        p.report_no,
        case $by::varchar
            when 'year' then p.year::varchar
            when 'county' then coalesce(p.county_code, if(p.region_level in ('ambiguous', 'none'), 'none', 'above'))
            else ''
        end as group_key
    from picked p
    semi join (select report_no from base.section where section_no = 5) s using (report_no)
), named as (
    select a.group_key, t.theme, count(distinct a.report_no) as reports, count(*) as statements
    from asked a
    join base.problem_theme t using (report_no)
    group by a.group_key, t.theme
), groups as (
    select group_key, count(*) as of_reports from asked group by group_key
)
select
    t.key as theme, g.group_key, g.of_reports,
    if(n.theme is null, 0, n.reports) as reports, if(n.theme is null, 0, n.statements) as statements,
    if(n.theme is null, 0, n.reports) / g.of_reports as share
from theme t
cross join groups g
left join named n on n.theme = t.key and n.group_key = g.group_key
order by g.group_key, share desc, t.position
