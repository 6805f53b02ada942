-- one row per report and kind of document whose number in force does not follow from last year's (severity: warning)
with stock as (
    select
        s.report_no, l.year,
        unnest([
            {
                row_key: 'regulations', here: t.c2_regulations_in_force, there: l.c2_regulations_in_force,
                issued: t.c2_regulations_issued, repealed: t.c2_regulations_repealed
            },
            {
                row_key: 'normative_documents', here: t.c2_normative_documents_in_force,
                there: l.c2_normative_documents_in_force, issued: t.c2_normative_documents_issued,
                repealed: t.c2_normative_documents_repealed
            }
        ], recursive := true)
    from series s
    join base.fact t using (report_no)
    join base.fact l on l.report_no = s.last_no
)
select
    report_no, 'C2' as rule, 'warning' as severity,
    format(
        '{} (in force of {}) + {} - {} = {} ≠ {}, difference {}', plain(there), year, plain(issued), plain(repealed),
        plain(there + issued - repealed), plain(here), plain(here - (there + issued - repealed))
    ) as message,
    [format('2/{}/{}', row_key, column_key) for column_key in ['in_force', 'issued', 'repealed']] as cells
from stock
where here <> there + issued - repealed
