-- one row per finding that only one of the two warehouses has, on reports that both count
with before as (
    select f.report_id, f.rule, f.message from old.findings f semi join new.reports r using (report_id)
), after as (
    select f.report_id, f.rule, f.message from new.findings f semi join old.reports r using (report_id)
), gone as (
    select *, 'removed' as change from (from before except from after)
), come as (
    select *, 'added' as change from (from after except from before)
)
select
    report_id || ' ' || rule as finding, change,
    if(change = 'removed', message, '') as old, if(change = 'added', message, '') as new
from (from gone union all from come)
order by finding, change
