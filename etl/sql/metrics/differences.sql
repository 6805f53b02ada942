-- one row per counted report and metric that is the difference of two others; null when either is
insert into measured
with parts as (
    select *
    from of_cells
    where metric in (select unnest([minuend, subtrahend]) from base.metric where minuend <> '')
)
select a.report_no, m.key, a.value - b.value, null, null
from base.metric m
join parts a on a.metric = m.minuend
join parts b on b.metric = m.subtrahend and b.report_no = a.report_no;
