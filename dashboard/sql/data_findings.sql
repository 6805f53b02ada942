-- one row per finding on the reports that the filters leave
select f.report_id, f.rule, f.severity, f.status, f.message, f.cause, f.cells
from findings f
join picked p using (report_id)
order by f.report_id, f.rule
