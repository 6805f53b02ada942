-- one row per report whose narrative is to at least 80 % last year's (severity: warning from 95 % on, else info)
select
    s.report_no, 'C6' as rule, if(r.similarity >= 0.95, 'warning', 'info') as severity,
    format('{} % as in {}', floor(100 * r.similarity)::integer, s.before_year) as message, []::varchar[] as cells
from base.text_reuse r
join series s using (report_id)
where r.kind = 'last_year' and r.similarity >= 0.8 and not s.transcribed
