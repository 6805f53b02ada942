-- one row per report that the filters leave, in the order of reports.sql: the first $most
select
    report_id, agency, kind, province, city, county, county_code, county_then, township, region_level, year, form, title,
    published_on, source_path, source_sha256, cells_known, cells_in_form, errors, warnings
from picked
order by year desc, province_code, city_code, county_code, agency, report_id
limit $most::integer
