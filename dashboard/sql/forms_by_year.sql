-- one row per year and version of the form
select year, form, count(*) as reports
from picked
group by year, form
order by year, form
