-- one row: what the filters leave
select
    count(*) as reports, count(distinct agency_no) as agencies, count(distinct year) as years,
    count(distinct county_code) as counties, count(*) filter (transcribed) as transcribed, min(year) as first_year, max(year) as last_year
from picked
