-- one row per report before which years of its agency's series are missing (severity: info)
select
    report_no, 'C8' as rule, 'info' as severity,
    format('no report for {}', array_to_string(range(before_year + 1, year), ', ')) as message, []::varchar[] as cells
from series
where year > before_year + 1
