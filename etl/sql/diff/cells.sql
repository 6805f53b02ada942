-- one row per cell that both warehouses have a report of and read differently
with before as (
    select c.* from old.cells c semi join new.reports r using (report_id)
), after as (
    select c.* from new.cells c semi join old.reports r using (report_id)
)
select
    coalesce(a.report_id, b.report_id) || ' ' || coalesce(a.key, b.key) as cell,
    'changed' as change,
    concat_ws(' ', b.state::varchar, b.value, b.printed) as old,
    concat_ws(' ', a.state::varchar, a.value, a.printed) as new
from after a
full join before b on b.report_id = a.report_id and b.key = a.key
where a.value is distinct from b.value or a.state::varchar is distinct from b.state::varchar
order by cell
