-- one row per count far from those of the same kind and year: |robust z| over 3.5 of log(1 + n), at least 10 reports (severity: warning)
select
    report_no, 'P2' as rule, 'warning' as severity,
    format(
        '{}, median of {} of this kind and year {}, z = {:.1f}', plain(value), reports, plain(median), z
    ) as message,
    [key] as cells
from (
    select *, 0.6745 * (ln(1 + value) - ln(1 + median)) / spread as z
    from peers
    where spread > 0 and reports >= 10
)
where abs(z) > 3.5
