-- one row per finding of a report that says something is wrong, and cell that it names (one row when it names none)
with one as (
    select report_no, form from reports where report_id = $report::varchar
), told as (
    select
        row_number() over (order by case severity when 'error' then 1 when 'warning' then 2 else 3 end, rule, message) as n,
        rule, severity, message, cause, cells, place
    from findings
    where report_no = (select report_no from one) and status = 'fail'
), printed as (
    select key, printed, state, value, place from cells where report_no = (select report_no from one)
), named as (
    select n, unnest(if(len(cells) = 0, [null], cells)) as key, unnest(if(len(cells) = 0, [0], range(len(cells)))) as position
    from told
)
select
    t.n, t.rule, r.label_zh as rule_zh, r.label_en as rule_en, r.meaning_zh, r.meaning_en, t.severity, t.message,
    coalesce(c.label_zh, '') as cause_zh, coalesce(c.label_en, '') as cause_en, coalesce(c.meaning_zh, '') as cause_meaning_zh,
    coalesce(c.meaning_en, '') as cause_meaning_en, len(t.cells) as cells, m.position, m.key, f.label_zh as cell_zh,
    f.label_en as cell_en, v.printed, v.state::varchar as state, v.value, coalesce(v.place, t.place) as place
from told t
join named m using (n)
cross join one
left join rule r on r.key = t.rule
left join cause c on c.key = t.cause
left join printed v on v.key = m.key
left join form_cell f on f.form = one.form and f.key = m.key
order by t.n, m.position
