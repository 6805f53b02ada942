-- one row per report with findings of weight, the worst first
select
    report_id, label, agency, county, year, errors, warnings, arithmetic_errors, sums_assessed, sums_in_form, cells_known,
    cells_in_form
from picked
where errors + warnings > 0
order by errors desc, arithmetic_errors desc nulls last, warnings desc, label
limit $most::integer
