-- one row per county that the filters leave
select
    coalesce(county_code, if(region_level in ('ambiguous', 'none'), 'none', 'above')) as group_key,
    null::varchar as agency, any_value(county) as county
from picked
group by group_key
order by group_key
