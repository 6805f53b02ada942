-- one row per agency asked for
select agency_no, any_value(agency_key) as group_key, any_value(agency) as agency, any_value(county) as county
from agencies
where list_contains($numbers::integer[], agency_no)
group by agency_no
