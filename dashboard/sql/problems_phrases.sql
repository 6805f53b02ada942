-- one row per phrase: in how many reports' problem statements it stands; a part of a longer one that says the same is left out
with speaking as (
    select distinct p.report_id from picked p join problems s using (report_id)
), counted as (
    select f.phrase, count(distinct f.report_id) as reports, count(*) as statements
    from phrases f
    semi join speaking using (report_id)
    group by f.phrase
    order by reports desc, statements desc, f.phrase
    limit 300
)
select
    c.phrase, c.reports, c.statements, (select count(*) from speaking) as of_reports,
    c.reports / (select count(*) from speaking) as share
from counted c
where not exists (
    from counted longer
    where longer.phrase <> c.phrase and contains(longer.phrase, c.phrase) and longer.reports >= 0.8 * c.reports
)
order by c.reports desc, c.statements desc, c.phrase
