-- one row: problem statements, and those of them that carry no theme
select count(*) as statements, count(*) filter (t.report_no is null) as unthemed
from (select s.report_no, s.ordinal from base.problem s semi join picked using (report_no)) s
left join (
    select distinct t.report_no, t.ordinal from base.problem_theme t semi join picked using (report_no)
) t using (report_no, ordinal)
