-- one row per agency, place and kind (table base.agency), and per report with its agency's report of the year before (pair)
insert into base.agency
select
    row_number() over (order by agency_no, kind, province_code, city_code, county_code, region_level) - 1,
    agency_no, any_value(agency_key), arg_max(agency, year), arg_max(county, year), province_code, city_code, county_code,
    region_level, kind, list_sort(list(year)), coalesce(list_sort(list(year) filter (coalesce(arithmetic_errors, 0) = 0)), [])
from base.fact
where counted
group by agency_no, province_code, city_code, county_code, region_level, kind
order by agency_no, kind, province_code, city_code, county_code, region_level;

create temp table pair as
select now.report_no, m.cohort_no, before.report_no as before_report, b.cohort_no as before_no
from base.fact now
join base.fact before on before.agency_no = now.agency_no and before.year = now.year - 1
join member m on m.report_no = now.report_no
join member b on b.report_no = before.report_no;
