-- one row per word: in how many reports' problem statements it stands, of those that have any
with speaking as (
    select report_no from picked semi join base.problem using (report_no)
), counted as (
    select t.term, count(*) as reports, sum(t.n)::bigint as uses
    from base.term t
    semi join speaking using (report_no)
    group by t.term
), total as (
    select count(*) as of_reports from speaking
)
select c.term, c.reports, c.uses, total.of_reports, c.reports / total.of_reports as share
from counted c
cross join total
order by c.reports desc, c.uses desc, c.term
