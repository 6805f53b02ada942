-- one row per counted report: days from 31 January of the following year to the signature, null without a date
insert into measured
with lag as (
    select report_no, date_diff('day', make_date(year + 1, 1, 31), published_on) as days
    from base.fact
    where counted
)
select report_no, 'publication_lag', days, days, null
from lag;
