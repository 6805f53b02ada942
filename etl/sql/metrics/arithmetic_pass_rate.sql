-- one row per counted report: sums of the form that hold, of those whose every operand is a number
insert into measured
select
    f.report_no, 'arithmetic_pass_rate', (s.assessed - s.broken) / s.assessed, s.assessed - s.broken, s.assessed
from base.fact f
left join base.sums s on s.report_no = f.report_no and s.assessed > 0
where f.counted;
