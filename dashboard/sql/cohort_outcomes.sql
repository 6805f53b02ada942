-- one row per outcome and year: outcomes.sql from sums made beforehand
select o.outcome, p.year, sum(o.value) as value, sum(o.n)::bigint as n, sum(o.reports)::bigint as reports
from cohort_outcomes o
join picked_cohorts p using (cohort_no)
group by o.outcome, p.year
order by p.year, o.outcome
