-- one row: a report by its id, whatever the filters say
select * from reports where report_id = $report::varchar
