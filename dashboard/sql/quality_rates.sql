-- one row per year: reports by their gravest finding, and the sums of the form that hold, do not, or cannot be assessed
select
    year, count(*) as reports, count(*) filter (errors > 0) as with_errors,
    count(*) filter (errors = 0 and warnings > 0) as with_warnings, count(sums_in_form) as reports_with_sums,
    count(*) filter (arithmetic_errors > 0) as reports_broken, sum(sums_in_form) as sums,
    sum(sums_assessed - arithmetic_errors) as passed, sum(arithmetic_errors) as failed,
    sum(sums_in_form - sums_assessed) as not_assessable
from picked
group by year
order by year
