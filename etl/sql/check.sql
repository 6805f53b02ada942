-- one row per finding that says that something is wrong, gravest first
select
    f.severity, f.rule, r.label_zh as meaning, p.label as report, f.message,
    if(f.cause = '', '', f.cause || ' ' || c.label_zh) as cause, array_to_string(f.cells, ' ') as cells,
    f.place
from findings f
join reports p using (report_id)
left join rule r on r.key = f.rule
left join cause c on c.key = f.cause
where f.status = 'fail' and ($severity::varchar is null or f.severity = $severity)
order by case f.severity when 'error' then 1 when 'warning' then 2 else 3 end, f.rule, p.label, f.message
