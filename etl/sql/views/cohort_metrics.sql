-- one row per metric and cohort in which n reports know it: sums of the value of counts, of numerators and denominators otherwise
create view cohort_metrics as
select k.key as metric, m.cohort_no, m.n, m.total, m.numerator, m.denominator
from base.cohort_metric m
join base.metric k on k.position = m.metric_no;
