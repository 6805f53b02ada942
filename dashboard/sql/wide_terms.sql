-- one row per word: in how many reports' problem statements it stands, of those that have any
with counted as (
    select t.term, sum(t.reports)::bigint as reports, sum(t.uses)::bigint as uses
    from wide_terms t
    semi join picked_wide using (wide_no)
    group by t.term
), total as (
    select sum(speaking)::bigint as of_reports from picked_wide
)
select c.term, c.reports, c.uses, total.of_reports, c.reports / total.of_reports as share
from counted c
cross join total
order by c.reports desc, c.uses desc, c.term
