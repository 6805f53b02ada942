-- one row per report in twenty: its total of applications received no longer adds up
update base.fact
set c3_received_total = c3_received_total + 1
where report_no % 20 = 0
