-- one row per counted report of one metric made of cells; the braces hold its sums over columns, null where a column is
insert into base.metric_value
select $position::utinyint, report_no, {numerator}, {denominator}, null
from base.fact
where counted
order by report_no;
