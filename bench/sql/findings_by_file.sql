-- one row per finding that says that something is wrong, with the file it is about
select s.path, r.layout, f.rule, f.severity, f.cause, f.cells, f.message
from findings f
join reports r using (report_id)
join sources s on s.report_id = f.report_id and s.outcome = 'loaded'
where f.status = 'fail'
order by s.path, f.rule, f.message
