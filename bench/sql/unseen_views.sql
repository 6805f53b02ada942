-- one row per view of a year with a kind of agencies in a city, or with a county; in the same mixed order in every run
with views as (
    select distinct year, city_code as city, null as county, kind from reports where city_code is not null
    union all
    select distinct year, null, county_code, null from reports where county_code is not null
)
select *
from views
order by hash(year, city, county, kind)
limit 1000
