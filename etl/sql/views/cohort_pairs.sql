-- one row per metric (a count or a ratio) and pair of cohorts that agencies pass between from a year to the next: sums over those known in both
create view cohort_pairs as
select k.key as metric, p.cohort_no, p.before_no, p.agencies, p.now, p.now_of, p.before, p.before_of
from base.cohort_pair p
join base.metric k on k.position = p.metric_no;
