-- one row per county and year with reports: findings, the reports that have one, and all reports
with placed as (
    select report_no, year, coalesce(county_code, if(region_level in ('ambiguous', 'none'), 'none', 'above')) as county_key
    from picked
), found as (
    select p.county_key, p.year, count(*) as findings, count(distinct f.report_no) as reports
    from findings f
    join placed p using (report_no)
    where f.status = 'fail' and ($rule::varchar is null or f.rule = $rule::varchar)
      and ($severity::varchar is null or f.severity = $severity::varchar)
    group by p.county_key, p.year
), every_one as (
    select county_key, year, count(*) as of_reports
    from placed
    group by county_key, year
)
select
    e.county_key, e.year, coalesce(f.findings, 0) as findings, coalesce(f.reports, 0) as reports, e.of_reports,
    sum(coalesce(f.reports, 0)) over (partition by e.county_key) as reports_of_county
from every_one e
left join found f using (county_key, year)
order by reports_of_county desc, e.county_key, e.year
