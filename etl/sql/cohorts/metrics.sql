-- one row per cohort in which a metric is known of some report (table base.cohort_metric)
insert into base.cohort_metric
select
    $position::utinyint, m.cohort_no,
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
where v.metric_no = $position
group by m.cohort_no
having n > 0
order by m.cohort_no;
