-- one row per view that many open: a year, or one of forty cities
select distinct year, null as city
from reports
union all
(select distinct null, city_code from reports where city_code is not null order by city_code limit 40)
