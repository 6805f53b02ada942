-- one row per report of the same agency
select report_id, year
from reports
where agency_key = $agency_key::varchar
order by year desc
