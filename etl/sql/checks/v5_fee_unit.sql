-- one row per report whose fee is last year's times or by about 10 000 (severity: warning)
with fee as (
    select s.report_no, t.c2_fees_amount as here, l.c2_fees_amount as there, l.year as last_year
    from series s
    join base.fact t using (report_no)
    join base.fact l on l.report_no = s.last_no
    where t.c2_fees_amount > 0 and l.c2_fees_amount > 0
)
select
    report_no, 'V5' as rule, 'warning' as severity,
    format(
        '{} in {}, now {}: {} times', plain(there), last_year, plain(here),
        if(here > there, plain(round(here / there)), format('1/{}', plain(round(there / here))))
    ) as message,
    ['2/fees/amount'] as cells
from fee
where greatest(here, there) / least(here, there) between 5000 and 20000
