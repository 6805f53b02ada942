-- one row: problem statements, and those of them that carry no theme
select coalesce(sum(s.statements), 0)::bigint as statements, coalesce(sum(s.unthemed), 0)::bigint as unthemed
from cohort_speech s
semi join picked_cohorts using (cohort_no)
