-- one row per year and version of the form: forms_by_year.sql from counts made beforehand
select year, form, sum(reports)::bigint as reports
from picked_cohorts
group by year, form
order by year, form
