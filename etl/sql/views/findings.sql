-- one row per finding on a counted report
create view findings as
select f.report_id, d.rule, d.severity, d.status, d.message, d.cause, d.cells, d.place, d.report_no
from (from base.finding union all from base.checked) d
join base.fact f using (report_no)
where f.counted;
