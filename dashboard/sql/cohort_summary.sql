-- one row: what the filters leave
select
    coalesce(sum(reports), 0)::bigint as reports, (select count(distinct agency_no) from picked_agencies) as agencies,
    count(distinct year) as years, count(distinct county_code) as counties,
    coalesce(sum(reports) filter (transcribed), 0)::bigint as transcribed, min(year) as first_year, max(year) as last_year
from picked_cohorts
