-- one row per metric, group (county, kind or all) and, if asked for, year: metric_groups.sql from sums made beforehand
with placed as (
    select
        cohort_no, county, city, reports,
        case $by::varchar when 'county' then county_key when 'kind' then kind else '' end as group_key,
        if($yearly::boolean, year, null) as year
    from picked_cohorts
    where $year::integer is null or year = $year::integer
), groups as (
    select group_key, year, any_value(county) as county, any_value(city) as city, sum(reports)::bigint as reports
    from placed
    where len($groups::varchar[]) = 0 or list_contains($groups::varchar[], group_key)
    group by group_key, year
), grouped as (
    select
        s.metric, p.group_key, p.year, sum(s.n)::bigint as n, sum(s.total) as total, sum(s.numerator) as numerator,
        sum(s.denominator) as denominator
    from cohort_metrics s
    join placed p using (cohort_no)
    where list_contains($read::varchar[], s.metric)
    group by s.metric, p.group_key, p.year
)
select
    m.key as metric, g.group_key, g.year, null::varchar as agency, g.county, g.city, g.reports, s.numerator,
    if(m.kind = 'difference', least(more.denominator, less.denominator), s.denominator) as denominator,
    m.kind as metric_kind,
    case m.kind
        when 'ratio' then m.scale * s.numerator / nullif(s.denominator, 0)
        when 'count' then s.total
        when 'difference' then
            m.scale * (more.numerator / nullif(more.denominator, 0) - less.numerator / nullif(less.denominator, 0))
    end as value,
    if(s.n is null, 0, s.n) as n
from metric m
cross join groups g
left join grouped s on s.metric = m.key and s.group_key = g.group_key and s.year is not distinct from g.year
left join grouped more
    on more.metric = m.minuend and more.group_key = g.group_key and more.year is not distinct from g.year
left join grouped less
    on less.metric = m.subtrahend and less.group_key = g.group_key and less.year is not distinct from g.year
where list_contains($metrics::varchar[], m.key) and m.level = 'report'
order by m.position, g.year, g.group_key
