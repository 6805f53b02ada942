-- one row per rule and severity that failed: findings and reports
select
    f.rule, any_value(r.label_zh) as label_zh, any_value(r.label_en) as label_en, any_value(r.meaning_zh) as meaning_zh,
    any_value(r.meaning_en) as meaning_en, f.severity, count(*) as findings, count(distinct f.report_no) as reports
from findings f
join picked p using (report_no)
left join rule r on r.key = f.rule
where f.status = 'fail' and ($severity::varchar is null or f.severity = $severity::varchar)
group by f.rule, f.severity
order by list_position(['error', 'warning', 'info'], f.severity), findings desc, f.rule
