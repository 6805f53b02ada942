-- one row per report whose total carried in is not what the agency's last report carried out (severity: error)
select
    s.report_no, 'C1' as rule, 'error' as severity,
    format(
        '{} ≠ {} carried out of {}, difference {}', plain(t.c3_carried_in_total), plain(l.c3_carried_out_total), l.year,
        plain(t.c3_carried_in_total - l.c3_carried_out_total)
    ) as message,
    ['3/carried_in/total'] as cells
from series s
join base.fact t using (report_no)
join base.fact l on l.report_no = s.last_no
where t.c3_carried_in_total <> l.c3_carried_out_total
