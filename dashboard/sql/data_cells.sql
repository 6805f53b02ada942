-- one row per cell of the reports that the filters leave
select c.report_id, c.agency, c.county, c.year, c.table_no, c.row_key, c.column_key, c.value, c.state::varchar as state, c.printed, c.place
from cells c
join picked p using (report_no)
order by c.report_id, c.table_no, c.row_key, c.column_key
