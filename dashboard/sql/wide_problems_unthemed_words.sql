-- one row per word that stands in problem statements without a theme: in how many of them
select u.term, sum(u.statements)::bigint as statements
from wide_unthemed u
semi join picked_wide using (wide_no)
group by u.term
order by statements desc, u.term
limit 50
