-- one row per counted report of some metrics
insert into base.metric_value
select
    m.position, v.report_no, v.numerator, v.denominator, if(m.kind in ('count', 'ratio'), null, v.value)
from measured v
join base.metric m on m.key = v.metric
where list_contains($positions, m.position)
order by m.position, v.report_no;
