-- one row per report of one kind and year with the metric known, and its place among the others; of more than $most every
-- so-manieth, and the agencies that are asked for; shares of fewer than $enough, also within a difference, have no place
with known as (
    select
        p.report_no, l.value, l.numerator,
        if(m.kind = 'difference', least(more.denominator, less.denominator), l.denominator) as of_whole
    from picked p
    join metric_values l using (report_no)
    join metric m on m.key = l.metric
    left join metric_values more on more.report_no = l.report_no and more.metric = $minuend::varchar
    left join metric_values less on less.report_no = l.report_no and less.metric = $subtrahend::varchar
    where l.metric = $metric::varchar and p.kind = $kind::varchar and p.year = $year::integer and l.value is not null
      and (m.kind = 'count' or of_whole is null or of_whole >= $enough::double)
), quantiles as (
    select count(*) as n, quantile_cont(value, [0.1, 0.25, 0.5, 0.75, 0.9]) as p, mad(value) as mad from known
), placed as (
    select
        *, 100 * percent_rank() over (order by value) as percentile, row_number() over (order by value, report_no) - 1 as position
    from known
)
select
    p.report_id, p.agency, p.agency_key, p.county, p.kind, p.year, k.value, k.numerator, k.of_whole as denominator, k.percentile,
    q.p[1] as p10, q.p[2] as p25, q.p[3] as p50, q.p[4] as p75, q.p[5] as p90, q.n,
    0.6745 * (k.value - q.p[3]) / nullif(q.mad, 0) as robust_z
from placed k
join picked p using (report_no)
cross join quantiles q
where k.position % ceil(q.n / $most::integer)::bigint = 0 or k.position = q.n - 1 or list_contains($asked::varchar[], p.agency_key)
order by k.value, p.agency
