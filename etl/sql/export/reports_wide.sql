-- one row per report with a column per cell of any form, empty where no number was read
select f.* exclude (region_candidates)
from facts f
semi join picked p using (report_id)
order by f.year, f.county_code, f.agency
