-- one row per finding on a report
with one as (
    select report_id, report_no, agency, county, year from reports where report_id = $report::varchar
), found as (
    from base.finding
    union all
    from base.checked
)
select
    o.report_id, o.agency, o.county, o.year, f.rule, f.severity, f.status, f.message, f.cause,
    array_to_string(f.cells, ' ') as cells, f.place
from found f
join one o using (report_no)
order by o.agency, o.year, f.severity, f.rule
