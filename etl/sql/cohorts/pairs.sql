-- one row per metric and pair of cohorts that an agency goes over to in a year (table base.cohort_pair), of some metrics
insert into base.cohort_pair
select
    now.metric_no, p.cohort_no, p.before_no, count(*), sum(now.numerator), sum(now.denominator), sum(before.numerator),
    sum(before.denominator)
from pair p
join base.metric_value now on now.report_no = p.report_no
join base.metric_value before on before.metric_no = now.metric_no and before.report_no = p.before_report
join base.metric k on k.position = now.metric_no
where now.metric_no between $first and $last
  and before.metric_no between $first and $last
  and now.numerator + before.numerator is not null
  and (k.kind = 'count' or (k.kind = 'ratio' and now.denominator + before.denominator is not null))
group by now.metric_no, p.cohort_no, p.before_no
order by now.metric_no, p.cohort_no, p.before_no;
