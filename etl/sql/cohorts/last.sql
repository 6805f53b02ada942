-- one row: the highest number of a report, null when there is none
select max(report_no) from base.fact
