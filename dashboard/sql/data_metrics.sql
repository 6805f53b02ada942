-- one row per metric and report that the filters leave
select l.report_id, l.agency, l.county, l.kind, l.year, l.metric, l.value, l.numerator, l.denominator
from metrics_long l
join picked p using (report_no)
order by l.report_id, l.metric
