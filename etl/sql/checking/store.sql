-- one row per counted report (table base.fact): what its findings and its sums come to
create or replace temp table weight as
select
    report_no, count(*) filter (severity = 'error') as errors, count(*) filter (severity = 'warning') as warnings
from (
    select report_no, severity from base.finding where status = 'fail'
    union all
    select report_no, severity from base.checked where status = 'fail'
)
group by report_no;

update base.fact f
set errors = w.errors, warnings = w.warnings
from weight w
where w.report_no = f.report_no;

update base.fact f
set sums_in_form = s.in_form, sums_assessed = s.assessed, arithmetic_errors = s.broken
from base.sums s
where s.report_no = f.report_no;
