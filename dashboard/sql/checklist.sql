-- one row per finding of a report that says something is wrong, and cell that it names (one row when it names none)
with told as (
    select
        row_number() over (order by case severity when 'error' then 1 when 'warning' then 2 else 3 end, rule, message) as n,
        rule, severity, message, cause, cells, place
    from findings
    where report_id = $report::varchar and status = 'fail'
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
join reports p on p.report_id = $report::varchar
left join rule r on r.key = t.rule
left join cause c on c.key = t.cause
left join cells v on v.report_id = p.report_id and v.key = m.key
left join form_cell f on f.form = p.form and f.key = m.key
order by t.n, m.position
