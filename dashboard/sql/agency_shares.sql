-- one row per agency with a denominator above 0: its sums of a ratio over all picked years
select
    p.agency_no, sum(l.numerator) as numerator, sum(l.denominator) as denominator, count(*) as n,
    any_value(m.scale) * sum(l.numerator) / sum(l.denominator) as value
from picked p
join metric_values l using (report_no)
join metric m on m.key = l.metric
where l.metric = $metric::varchar and l.numerator is not null and l.denominator is not null
group by p.agency_no
having sum(l.denominator) > 0
order by denominator desc, p.agency_no
