-- one row per word: in how many reports' problem statements it stands, of those that have any
with speaking as (
    select distinct p.report_id from picked p join problems s using (report_id)
)
select
    t.term, count(*) as reports, sum(t.n) as uses,
    (select count(*) from speaking) as of_reports,
    count(*) / (select count(*) from speaking) as share
from terms t
join speaking using (report_id)
group by t.term
order by reports desc, uses desc, t.term
