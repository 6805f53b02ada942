-- one row per word that stands in problem statements without a theme: in how many of them
with silent as (
    select s.report_id, regexp_replace(s.text, '\s', '', 'g') as text
    from picked p
    join problems s using (report_id)
    where not exists (from problem_themes t where t.report_id = s.report_id and t.ordinal = s.ordinal)
)
select t.term, count(*) as statements
from silent s
join terms t on t.report_id = s.report_id and contains(s.text, t.term)
group by t.term
order by statements desc, t.term
limit 50
