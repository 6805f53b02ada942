-- one row per year: sums of the form that hold, that do not, and that cannot be assessed because a number is not known
select
    year, count(*) as reports, count(*) filter (arithmetic_errors > 0) as reports_broken,
    sum(sums_in_form) as sums, sum(sums_assessed - arithmetic_errors) as passed, sum(arithmetic_errors) as failed,
    sum(sums_in_form - sums_assessed) as not_assessable
from picked
where sums_in_form is not null
group by year
order by year
