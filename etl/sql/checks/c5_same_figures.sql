-- one row per report whose every non-zero figure, at least 5, is last year's (severity: warning)
with alike as (
    -- A pair that differs in one of these is no candidate; most are out before their cells are looked at.
    select s.report_no, s.last_no, l.year as last_year
    from series s
    join base.fact t using (report_no)
    join base.fact l on l.report_no = s.last_no
    where coalesce(t.c3_received_total = l.c3_received_total, true)
      and coalesce(t.c3_concluded_total = l.c3_concluded_total, true)
      and coalesce(t.c2_licensing_decisions = l.c2_licensing_decisions, true)
      and coalesce(t.c2_penalties_decisions = l.c2_penalties_decisions, true)
), compared as (
    select
        a.report_no, a.last_year, count(*) as figures, bool_and(here.value = there.value) as same,
        list(k.key order by k.cell_no) as cells
    from alike a
    join base.cell here on here.report_no = a.report_no and here.value <> 0
    join base.cell there on there.report_no = a.last_no and there.cell_no = here.cell_no and there.value is not null
    join base.cell_key k on k.cell_no = here.cell_no
    group by a.report_no, a.last_year
)
select
    report_no, 'C5' as rule, 'warning' as severity,
    format('{} figures other than 0, all as in {}', figures, last_year) as message, cells
from compared
where same and figures >= 5
