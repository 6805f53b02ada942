-- one row per pair of cohorts that an agency goes over to in a year, of one metric (table base.cohort_pair)
insert into base.cohort_pair
select
    $position::utinyint, p.cohort_no, p.before_no, count(*), sum(now.numerator), sum(now.denominator), sum(before.numerator),
    sum(before.denominator)
from pair p
join base.metric_value now on now.metric_no = $position and now.report_no = p.report_no
join base.metric_value before on before.metric_no = $position and before.report_no = p.before_report
join base.metric k on k.position = $position
where now.numerator + before.numerator is not null
  and (k.kind = 'count' or now.denominator + before.denominator is not null)
group by p.cohort_no, p.before_no
order by p.cohort_no, p.before_no;
