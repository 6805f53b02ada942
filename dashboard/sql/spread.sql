-- one row per report of one kind and year with the metric known: its value and its place among the others
select
    p.report_id, p.agency, p.agency_key, p.county, p.kind, p.year, l.value, l.numerator, l.denominator,
    100 * percent_rank() over (order by l.value) as percentile,
    quantile_cont(l.value, 0.1) over () as p10, quantile_cont(l.value, 0.25) over () as p25,
    quantile_cont(l.value, 0.5) over () as p50, quantile_cont(l.value, 0.75) over () as p75,
    quantile_cont(l.value, 0.9) over () as p90
from picked p
join metrics_long l using (report_no)
join metric m on m.key = l.metric
where l.metric = $metric::varchar and p.kind = $kind::varchar and p.year = $year::integer and l.value is not null
  and (m.kind <> 'ratio' or l.denominator >= $enough::double)
order by l.value, p.agency
