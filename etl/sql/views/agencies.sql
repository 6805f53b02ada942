-- one row per agency, place and kind, with the years of its counted reports, and those without a sum that is known to be broken
create view agencies as
select
    agency_no, agency_key, agency, county, province_code, city_code, county_code, region_level, kind, years, sound_years, row_no
from base.agency;
