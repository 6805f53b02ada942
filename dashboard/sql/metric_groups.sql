-- one row per metric, group (county, agency, kind or all) and, if asked for, year, over the reports that the filters leave
-- ($read is $metrics with the operands of differences: a list that is known beforehand lets the other metrics unread)
with placed as (
    select
        *,
        case $by::varchar
            when 'county' then coalesce(county_code, if(region_level in ('ambiguous', 'none'), 'none', 'above'))
            when 'agency' then agency_key
            when 'kind' then kind
            else ''
        end as group_key
    from picked
), grouped as (
    select
        l.metric, p.group_key,
        if($yearly::boolean, p.year, null) as year,
        any_value(p.agency) as agency, any_value(p.county) as county, any_value(p.city) as city,
        count(*) as reports,
        count(l.value) as known,
        count(*) filter (l.numerator is not null and l.denominator is not null) as pairs,
        sum(l.value) as total,
        median(l.value) as middle,
        sum(l.numerator) filter (l.denominator is not null) as numerator,
        sum(l.denominator) filter (l.numerator is not null) as denominator
    from placed p
    join metric_values l using (report_no)
    where list_contains($read::varchar[], l.metric) and ($year::integer is null or p.year = $year::integer)
      and (len($groups::varchar[]) = 0 or list_contains($groups::varchar[], p.group_key))
    group by l.metric, p.group_key, if($yearly::boolean, p.year, null)
)
select
    g.* exclude (known, pairs, total, middle, denominator),
    if(m.kind = 'difference', least(more.denominator, less.denominator), g.denominator) as denominator,
    m.kind as metric_kind,
    case m.kind
        when 'ratio' then m.scale * g.numerator / nullif(g.denominator, 0)
        when 'count' then g.total
        when 'duration' then g.middle
        when 'share' then if($by::varchar = 'agency' and g.reports = 1, g.total, null)
        when 'difference' then
            m.scale * (more.numerator / nullif(more.denominator, 0) - less.numerator / nullif(less.denominator, 0))
    end as value,
    if(m.kind = 'ratio', g.pairs, g.known) as n
from grouped g
join metric m on m.key = g.metric
left join grouped more
    on more.metric = m.minuend and more.group_key = g.group_key and more.year is not distinct from g.year
left join grouped less
    on less.metric = m.subtrahend and less.group_key = g.group_key and less.year is not distinct from g.year
where list_contains($metrics::varchar[], g.metric)
order by m.position, g.year, g.group_key
