-- one row per report whose applicants' columns carried in differ from those that the last report carried out (severity: warning)
with beside as (
    select
        s.report_no, l.year,
        [
            {key: 'natural_person', here: t.c3_carried_in_natural_person, there: l.c3_carried_out_natural_person},
            {key: 'business', here: t.c3_carried_in_business, there: l.c3_carried_out_business},
            {key: 'research', here: t.c3_carried_in_research, there: l.c3_carried_out_research},
            {key: 'nonprofit', here: t.c3_carried_in_nonprofit, there: l.c3_carried_out_nonprofit},
            {key: 'legal_service', here: t.c3_carried_in_legal_service, there: l.c3_carried_out_legal_service},
            {key: 'other', here: t.c3_carried_in_other, there: l.c3_carried_out_other}
        ] as pairs
    from series s
    join base.fact t using (report_no)
    join base.fact l on l.report_no = s.last_no
), differing as (
    select report_no, year, list_filter(pairs, lambda p: p.here <> p.there) as pairs
    from beside
)
select
    report_no, 'C1' as rule, 'warning' as severity,
    array_to_string(
        list_transform(
            pairs,
            lambda p: format(
                '{}: {} ≠ {} carried out of {}, difference {}', p.key, plain(p.here), plain(p.there), year,
                plain(p.here - p.there)
            )
        ), '; '
    ) as message,
    list_transform(pairs, lambda p: '3/carried_in/' || p.key) as cells
from differing
where len(pairs) > 0
