-- one row per place and kind of agency, three of them taken by chance: what a visitor filters by
select province_code, city_code, county_code, kind
from (select distinct province_code, city_code, county_code, kind from reports where county_code is not null)
order by hash(county_code || kind)
limit 3
