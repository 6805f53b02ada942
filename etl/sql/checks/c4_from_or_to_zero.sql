-- one row per count that fell to 0 from 100 or more or rose from 0 to 100 or more (severity: warning)
select
    report_no, 'C4' as rule, 'warning' as severity,
    format('{} in {}, now {}', plain(there), last_year, plain(here)) as message, [key] as cells
from moves
where least(here, there) = 0 and greatest(here, there) >= 100
