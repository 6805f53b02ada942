-- one row per report and chosen metric
select p.report_id, l.metric, l.value, l.numerator, l.denominator
from picked p
join metrics_long l using (report_no)
where list_contains($metrics::varchar[], l.metric)
