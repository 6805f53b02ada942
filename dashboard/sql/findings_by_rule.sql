-- one row per rule and severity that failed: findings and reports
select
    f.rule, any_value(r.label_zh) as label_zh, any_value(r.label_en) as label_en, f.severity,
    count(*) as findings, count(distinct f.report_id) as reports
from findings f
join picked p using (report_id)
left join rule r on r.key = f.rule
where f.status = 'fail'
group by f.rule, f.severity
order by list_position(['error', 'warning', 'info'], f.severity), findings desc, f.rule
