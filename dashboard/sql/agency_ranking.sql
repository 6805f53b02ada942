-- one row per agency with a report of the year, the highest values first and shares of fewer than $enough last: the first $most
select
    l.metric, p.agency_key as group_key, p.year, p.agency, p.county, p.city, 1 as reports,
    if(l.denominator is null, null, l.numerator) as numerator, if(l.numerator is null, null, l.denominator) as denominator,
    m.kind as metric_kind, if(m.kind = 'share', null, l.value) as value,
    if(m.kind = 'ratio', (l.numerator + l.denominator) is not null, l.value is not null)::bigint as n, count(*) over () as listed_of
from picked p
join metrics_long l using (report_no)
join metric m on m.key = l.metric
where l.metric = $metric::varchar and p.year = $year::integer
order by coalesce(m.kind = 'ratio' and not l.denominator >= $enough::double, false), value desc nulls last, p.agency_key
limit $most::integer
