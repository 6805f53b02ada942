-- one row per section of a report
select section_no, heading, text, place from sections where report_id = $report::varchar order by section_no
