-- one row per counted report
create view reports as
select
    report_id, agency, kind, province, city, county, county_code, county_then, township, region_level, year, form, title,
    published_on, source_path, source_sha256, cells_known, cells_in_form, errors, warnings,
    province_code, city_code, region_candidates, label, layout, transcribed, arithmetic_errors, sums_assessed, sums_in_form, agency_key,
    report_no, agency_no
from base.fact
where counted;
