-- one row per report and kind of document with fewer in force than issued, which what was repealed does not explain (severity: warning)
with stock as (
    select
        report_no,
        unnest([
            {
                row_key: 'regulations', in_force: c2_regulations_in_force, issued: c2_regulations_issued,
                repealed: c2_regulations_repealed
            },
            {
                row_key: 'normative_documents', in_force: c2_normative_documents_in_force,
                issued: c2_normative_documents_issued, repealed: c2_normative_documents_repealed
            }
        ], recursive := true)
    from base.fact
    where counted
)
select
    report_no, 'V6' as rule, 'warning' as severity,
    format(
        '{} in force < {} issued - {} repealed, difference {}', plain(in_force), plain(issued), plain(repealed),
        plain(issued - repealed - in_force)
    ) as message,
    [format('2/{}/{}', row_key, column_key) for column_key in ['in_force', 'issued', 'repealed']] as cells
from stock
where in_force < issued - repealed
