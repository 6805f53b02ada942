-- one row per report with findings of weight, the worst first: its rules, and the first cell that its gravest one names
with worst as (
    select *
    from picked
    where errors + warnings > 0
    order by errors desc, arithmetic_errors desc nulls last, warnings desc, label
    limit $most::integer
), told as (
    select
        f.report_no, list(distinct f.rule order by f.rule) filter (f.severity = 'error') as error_rules,
        list(distinct f.rule order by f.rule) filter (f.severity = 'warning') as warning_rules,
        first(f.cells[1] order by list_position(['error', 'warning'], f.severity), f.rule, f.message)
            filter (len(f.cells) > 0) as first_cell
    from findings f
    semi join worst using (report_no)
    where f.status = 'fail' and f.severity in ('error', 'warning')
    group by f.report_no
)
select
    w.report_id, w.label, w.agency, w.county, w.year, w.errors, w.warnings, w.arithmetic_errors, w.sums_assessed,
    w.sums_in_form, w.cells_known, w.cells_in_form, coalesce(t.error_rules, []) as error_rules,
    coalesce(t.warning_rules, []) as warning_rules, t.first_cell
from worst w
left join told t using (report_no)
order by w.errors desc, w.arithmetic_errors desc nulls last, w.warnings desc, w.label
