-- one row per finding on a report
select
    p.report_id, p.agency, p.county, p.year, f.rule, f.severity, f.status, f.message, f.cause,
    array_to_string(f.cells, ' ') as cells, f.place
from findings f
join picked p using (report_id)
where p.report_id = $report::varchar
order by p.agency, p.year, f.severity, f.rule
