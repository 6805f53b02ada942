-- one row per count that is 0 where the median of the same kind and year is 100 or more, of at least 5 others (severity: warning)
select
    report_no, 'P1' as rule, 'warning' as severity,
    format('0, median of {} of this kind and year {}', reports, plain(median)) as message, [key] as cells
from peers
where value = 0 and median >= 100 and reports > 5
