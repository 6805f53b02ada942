-- one row per cell of a report, in printed order with the labels of the form that has it; a report may mix two forms
with labelled as (
    select
        c.key, c.table_no, c.row_key, c.column_key, c.value, c.state::varchar as state, c.printed, c.place,
        f.row_label_zh, f.row_label_en, f.column_label_zh, f.column_label_en, f.unit, f.position,
        row_number() over (partition by c.key order by (f.form = r.form) desc, f.form desc) as choice
    from cells c
    join reports r using (report_id)
    join form_cell f on f.key = c.key
    where c.report_id = $report::varchar
)
select * exclude (choice)
from labelled
where choice = 1
order by table_no, position
