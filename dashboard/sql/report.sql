-- one row: a report by its id, whatever the filters say
select *, agency || coalesce(' ' || county_code, '') as agency_key from reports where report_id = $report::varchar
