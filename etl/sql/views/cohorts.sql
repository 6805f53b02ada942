-- one row per year, place, kind, form and soundness that counted reports share; sound: none of their sums is known to be broken
create view cohorts as
select
    cohort_no, year, form, kind, province, province_code, city, city_code, county, county_code, region_level, transcribed,
    sound, reports
from base.cohort;
