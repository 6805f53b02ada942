-- one row per metric, group (county, agency, kind or all) and, if asked for, year, over the reports that the filters leave
with grouped as (
    select
        l.metric,
        case $by::varchar
            when 'county' then coalesce(p.county_code, if(p.region_level in ('ambiguous', 'none'), 'none', 'above'))
            when 'agency' then p.agency_key
            when 'kind' then p.kind
            else ''
        end as group_key,
        if($yearly::boolean, p.year, null) as year,
        any_value(p.agency) as agency, any_value(p.county) as county, any_value(p.city) as city,
        count(*) as reports,
        count(l.value) as known,
        count(*) filter (l.numerator is not null and l.denominator is not null) as pairs,
        sum(l.value) as total,
        sum(l.numerator) filter (l.denominator is not null) as numerator,
        sum(l.denominator) filter (l.numerator is not null) as denominator
    from picked p
    join metrics_long l using (report_id)
    where list_contains($metrics::varchar[], l.metric)
    group by l.metric, group_key, if($yearly::boolean, p.year, null)
)
select
    g.* exclude (known, pairs, total),
    m.kind as metric_kind,
    case
        when m.kind = 'ratio' then m.scale * g.numerator / nullif(g.denominator, 0)
        when m.kind = 'count' then g.total
        when g.known = 1 then g.total
    end as value,
    if(m.kind = 'ratio', g.pairs, g.known) as n
from grouped g
join metric m on m.key = g.metric
order by m.position, g.year, g.group_key
