-- one row per theme: promised in the remedies of one year, and named again as a problem by the same agency the year after
select
    c.theme, sum(c.promised)::bigint as promised, sum(c.again)::bigint as again, sum(c.again) / sum(c.promised) as share
from cohort_promises c
semi join picked_cohorts using (cohort_no)
group by c.theme
order by share desc, promised desc, c.theme
