-- one row per agency with a report of the year, the highest values first and shares of fewer than $enough last: the first $most
with known as (
    select
        l.report_no, if(l.denominator is null, null, l.numerator) as numerator,
        if(l.numerator is null, null, l.denominator) as denominator, if(m.kind = 'share', null, l.value) as value,
        if(m.kind = 'ratio', (l.numerator + l.denominator) is not null, l.value is not null)::bigint as n,
        m.kind as metric_kind, coalesce(m.kind = 'ratio' and not l.denominator >= $enough::double, false) as is_weak
    from picked p
    join metric_values l using (report_no)
    join metric m on m.key = l.metric
    where l.metric = $metric::varchar and p.year = $year::integer
), first as (
    from known order by is_weak, value desc nulls last, report_no limit $most::integer
)
select
    $metric::varchar as metric, p.agency_key as group_key, p.year, p.agency, p.county, p.city, 1 as reports, f.numerator,
    f.denominator, f.metric_kind, f.value, f.n, (select count(*) from known) as listed_of
from first f
join picked p using (report_no)
order by f.is_weak, f.value desc nulls last, p.agency_key
