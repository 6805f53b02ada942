-- one row per word that stands in problem statements without a theme: in how many of them
with silent as (
    select s.report_no, regexp_replace(s.text, '\s', '', 'g') as text
    from base.problem s
    semi join picked p using (report_no)
    anti join (select report_no, ordinal from base.problem_theme semi join picked using (report_no)) t using (report_no, ordinal)
)
select t.term, count(*) as statements
from silent s
join base.term t on t.report_no = s.report_no and contains(s.text, t.term)
group by t.term
order by statements desc, t.term
limit 50
