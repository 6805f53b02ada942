-- one row per report whose narrative differs from last year's in nothing but the year (severity: error)
select
    s.report_no, 'C7' as rule, 'error' as severity, format('nothing but the year differs from {}', s.before_year) as message,
    []::varchar[] as cells
from base.text_reuse r
join series s using (report_id)
where r.kind = 'last_year' and r.only_year and not s.transcribed
