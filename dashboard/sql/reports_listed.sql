-- one row per report that the filters leave, the newest first: the first $most
select report_id, agency, year, label
from picked
order by year desc, province_code, city_code, county_code, agency, report_id
limit $most::integer
