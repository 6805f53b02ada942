-- one row per agency with a report of the year, the highest values first and shares of fewer than $enough last: the first
-- $most; the denominator of a difference is the smaller one of its two shares, which $minuend and $subtrahend name
with known as (
    select
        l.report_no, if(l.denominator is null, null, l.numerator) as numerator,
        case
            when m.kind = 'difference' then least(more.denominator, less.denominator)
            when l.numerator is not null then l.denominator
        end as of_whole,
        l.value, if(m.kind = 'ratio', (l.numerator + l.denominator) is not null, l.value is not null)::bigint as n,
        m.kind as metric_kind, coalesce(m.kind <> 'count' and not of_whole >= $enough::double, false) as is_weak
    from picked p
    join metric_values l using (report_no)
    join metric m on m.key = l.metric
    left join metric_values more on more.report_no = l.report_no and more.metric = $minuend::varchar
    left join metric_values less on less.report_no = l.report_no and less.metric = $subtrahend::varchar
    where l.metric = $metric::varchar and p.year = $year::integer
), first as (
    from known order by is_weak, value desc nulls last, report_no limit $most::integer
)
select
    $metric::varchar as metric, p.agency_key as group_key, p.year, p.agency, p.county, p.city, 1 as reports, f.numerator,
    f.of_whole as denominator, f.metric_kind, f.value, f.n, (select count(*) from known) as listed_of
from first f
join picked p using (report_no)
order by f.is_weak, f.value desc nulls last, p.agency_key
