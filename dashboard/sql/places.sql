-- one row per place that reports belong to, with how many; county_code is null above the counties
select
    province_code, any_value(province) as province, city_code, any_value(city) as city,
    county_code, any_value(county) as county, region_level in ('ambiguous', 'none') as unassigned, sum(reports)::bigint as reports
from cohorts
group by province_code, city_code, county_code, unassigned
order by province_code nulls last, city_code nulls last, county_code nulls last
