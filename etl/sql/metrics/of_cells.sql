-- one row per counted report of some metrics made of cells; the braces hold their sums over columns, null where a column is
insert into base.metric_value
select unnest($positions::utinyint[]) as metric_no, report_no, unnest([{numerator}]), unnest([{denominator}]), null
from base.fact
where counted
order by metric_no, report_no;
