-- one row per year that reports are about
select year, sum(reports)::bigint as reports
from cohorts
group by year
order by year
