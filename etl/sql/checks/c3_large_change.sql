-- one row per count that changed more than fivefold or to under a fifth, the larger at least 30 (severity: warning)
select
    report_no, 'C3' as rule, 'warning' as severity,
    format('{} in {}, now {}', plain(there), last_year, plain(here)) as message, [key] as cells
from moves
where (here > 5 * there or 5 * here < there) and not (least(here, there) = 0 and greatest(here, there) >= 100)
