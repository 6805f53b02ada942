-- one row per counted report and metric that is the difference of two others; null when either is
insert into measured
select a.report_no, m.key, a.value - b.value, null, null
from base.metric m
join of_cells a on a.metric = m.minuend
join of_cells b on b.metric = m.subtrahend and b.report_no = a.report_no;
