-- one row per rule, severity, county and year that failed: findings and reports
select
    f.rule, any_value(r.label_zh) as label_zh, any_value(r.label_en) as label_en, f.severity,
    coalesce(p.county_code, if(p.region_level in ('ambiguous', 'none'), 'none', 'above')) as county_key,
    any_value(p.county) as county, p.year, count(*) as findings, count(distinct f.report_id) as reports
from findings f
join picked p using (report_id)
left join rule r on r.key = f.rule
where f.status = 'fail' and ($severity::varchar is null or f.severity = $severity::varchar)
group by f.rule, f.severity, county_key, p.year
order by findings desc, f.rule, county_key, p.year
