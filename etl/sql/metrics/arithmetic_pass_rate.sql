-- one row per counted report: sums of the form that hold, of those whose every operand is a number
insert into measured
with wanted as (
    select sum_key, count(*) as operands from base.form_sum group by sum_key
), summed as (
    select c.report_no, s.sum_key, sum(s.sign * c.value) as difference, count(c.value) as known
    from base.cell c
    join base.form_sum s using (cell_no)
    group by c.report_no, s.sum_key
), judged as (
    select s.report_no, count(*) as assessed, count(*) filter (s.difference = 0) as passed
    from summed s
    join wanted w using (sum_key)
    where s.known = w.operands
    group by s.report_no
)
select f.report_no, 'arithmetic_pass_rate', j.passed / j.assessed, j.passed, j.assessed
from base.fact f
left join judged j using (report_no)
where f.counted;
