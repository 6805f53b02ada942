-- one row per kind of agency
select kind, sum(reports)::bigint as reports
from cohorts
group by kind
order by reports desc, kind
