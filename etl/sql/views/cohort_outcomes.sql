-- one row per cohort and outcome of applications: the sum over the n of its reports that give every cell of the outcome
create view cohort_outcomes as
select outcome, cohort_no, value, n, reports
from base.cohort_outcome;
