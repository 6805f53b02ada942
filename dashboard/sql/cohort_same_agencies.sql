-- one row per metric: same_agencies.sql from sums made beforehand
select
    s.metric,
    sum(s.agencies)::bigint as agencies,
    case m.kind when 'count' then sum(s.now) else m.scale * sum(s.now) / nullif(sum(s.now_of), 0) end as now,
    case m.kind when 'count' then sum(s.before) else m.scale * sum(s.before) / nullif(sum(s.before_of), 0) end as before
from cohort_pairs s
join metric m on m.key = s.metric
join picked_cohorts p on p.cohort_no = s.cohort_no
join picked_cohorts b on b.cohort_no = s.before_no
where list_contains($metrics::varchar[], s.metric) and p.year = $year::integer
group by s.metric, m.kind, m.scale
