-- one row per counted report of one metric
insert into base.metric_value
select
    m.position, v.report_no, v.numerator, v.denominator, if(m.kind in ('count', 'ratio'), null, v.value)
from measured v
join base.metric m on m.key = v.metric
where v.metric = $metric
order by v.report_no;
