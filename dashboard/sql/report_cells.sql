-- one row per cell of a report, in printed order with the labels of its form
select c.key, c.table_no, c.row_key, c.column_key, c.value, c.state::varchar as state, c.printed, c.place,
    f.row_label_zh, f.row_label_en, f.column_label_zh, f.column_label_en, f.unit, f.position
from cells c
join reports r using (report_id)
join form_cell f on f.key = c.key and f.form = r.form
where c.report_id = $report::varchar
order by f.position
