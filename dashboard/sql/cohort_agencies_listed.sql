-- one row per agency that the filters leave, in the order of their keys: the first $most, and those asked for
with first as (
    select agency_no from picked_agencies group by agency_no order by agency_no limit $most::integer
), chosen as (
    select agency_no from picked_agencies where list_contains($asked::varchar[], agency_key)
)
select agency_key as group_key, any_value(agency) as agency, any_value(county) as county
from picked_agencies
semi join (from first union from chosen) using (agency_no)
group by agency_key
order by agency_key
