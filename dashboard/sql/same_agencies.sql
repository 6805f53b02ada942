-- one row per metric: this year and the year before, over the agencies whose figure is known in both
with both_years as (
    select
        l.metric, p.agency_key,
        max(l.value) filter (p.year = $year::integer) as value,
        max(l.numerator) filter (p.year = $year::integer) as numerator,
        max(l.denominator) filter (p.year = $year::integer) as denominator,
        max(l.value) filter (p.year = $year::integer - 1) as old_value,
        max(l.numerator) filter (p.year = $year::integer - 1) as old_numerator,
        max(l.denominator) filter (p.year = $year::integer - 1) as old_denominator
    from picked p
    join metric_values l using (report_no)
    where list_contains($metrics::varchar[], l.metric) and p.year in ($year::integer, $year::integer - 1)
    group by l.metric, p.agency_key
)
select
    b.metric,
    count(*) as agencies,
    case m.kind when 'count' then sum(value) else m.scale * sum(numerator) / nullif(sum(denominator), 0) end as now,
    case m.kind
        when 'count' then sum(old_value)
        else m.scale * sum(old_numerator) / nullif(sum(old_denominator), 0)
    end as before
from both_years b
join metric m on m.key = b.metric
where (m.kind = 'count' and value is not null and old_value is not null)
   or (m.kind = 'ratio' and numerator + denominator + old_numerator + old_denominator is not null)
group by b.metric, m.kind, m.scale
