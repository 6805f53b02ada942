-- one row per known error of a source whose report prints something else now
select p.label as report, p.source_path, f.place, f.message
from findings f
join reports p using (report_id)
where f.rule = $rule::varchar and f.severity = 'error' and f.status = 'fail'
order by p.label, f.message
