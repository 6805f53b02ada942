-- one row per finding
select
    p.report_id, p.agency, p.county, p.year, f.rule, f.severity, f.status, f.message, f.cause,
    array_to_string(f.cells, ' ') as cells, f.place
from findings f
join picked p using (report_id)
order by p.year, p.report_id, f.rule, f.message
