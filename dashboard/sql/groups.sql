-- one row per county or agency that the filters leave
select
    case $by::varchar
        when 'county' then coalesce(county_code, if(region_level in ('ambiguous', 'none'), 'none', 'above'))
        else agency_key
    end as group_key,
    any_value(agency) as agency, any_value(county) as county, count(*) as reports
from picked
group by group_key
order by group_key
