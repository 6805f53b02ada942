-- one row per report and metric
select l.report_id, l.agency, l.county, l.kind, l.year, l.metric, l.value, l.numerator, l.denominator
from metrics_long l
semi join picked p using (report_id)
order by l.year, l.report_id, l.metric
