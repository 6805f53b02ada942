-- one row per year that reports are about
select year, count(*) as reports
from reports
group by year
order by year
