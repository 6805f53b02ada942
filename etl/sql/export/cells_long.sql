-- one row per cell, with what is printed and where
select
    c.report_id, c.agency, c.county, c.year, c.table_no, c.row_key, c.column_key, c.value, c.state::varchar as state,
    c.printed, c.place
from cells c
semi join picked p using (report_id)
order by c.year, c.report_id, c.table_no, c.row_key, c.column_key
