-- one row per metric and cohort in which it is known of some report (table base.cohort_metric), of some metrics
insert into base.cohort_metric
select
    v.metric_no, m.cohort_no,
    count(*) filter (case k.kind
        when 'count' then v.numerator is not null
        when 'ratio' then v.numerator is not null and v.denominator is not null
        else v.value is not null
    end) as n,
    sum(v.numerator) filter (k.kind = 'count'),
    sum(v.numerator) filter (v.denominator is not null),
    sum(v.denominator) filter (v.numerator is not null)
from base.metric_value v
join member m using (report_no)
join base.metric k on k.position = v.metric_no
where v.metric_no between $first and $last and k.kind <> 'duration'
group by v.metric_no, m.cohort_no
having n > 0
order by v.metric_no, m.cohort_no;
