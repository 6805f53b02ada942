-- one row per counted report: its problem statements, null when no section five was found
insert into measured
with stated as (
    select report_no, count(*) as n from base.problem group by report_no
), asked as (
    select distinct report_no from base.section where section_no = 5
), counted as (
    select f.report_no, case when s.n is not null then s.n when a.report_no is not null then 0 end as n
    from base.fact f
    left join asked a using (report_no)
    left join stated s using (report_no)
    where f.counted
)
select report_no, 'problem_count', n, n, null
from counted;
