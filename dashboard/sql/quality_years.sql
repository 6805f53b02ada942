-- one row per year and severity: findings, the reports that have one, and all reports of the year
with found as (
    select p.year, f.severity, count(*) as findings, count(distinct f.report_no) as reports
    from findings f
    join picked p using (report_no)
    where f.status = 'fail' and ($rule::varchar is null or f.rule = $rule::varchar)
      and ($severity::varchar is null or f.severity = $severity::varchar)
    group by p.year, f.severity
)
select y.year, found.severity, found.findings, found.reports, y.reports as of_reports
from (select year, count(*) as reports from picked group by year) y
join found using (year)
order by y.year, list_position(['error', 'warning', 'info'], found.severity)
