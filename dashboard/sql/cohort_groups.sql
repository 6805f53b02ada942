-- one row per county that the filters leave
select county_key as group_key, null::varchar as agency, any_value(county) as county
from picked_cohorts
group by county_key
order by county_key
