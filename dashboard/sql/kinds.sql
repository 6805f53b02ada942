-- one row per kind of agency
select kind, count(*) as reports
from reports
group by kind
order by reports desc, kind
