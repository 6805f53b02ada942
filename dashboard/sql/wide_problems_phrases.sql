-- one row per phrase: in how many reports' problem statements it stands; a part of a longer one that says the same is left out
with speaking as (
    select sum(speaking)::bigint as n from picked_wide
), counted as (
    select f.phrase, sum(f.reports)::bigint as reports, sum(f.statements)::bigint as statements
    from wide_phrases f
    semi join picked_wide using (wide_no)
    group by f.phrase
    order by reports desc, statements desc, f.phrase
    limit 300
)
select c.phrase, c.reports, c.statements, speaking.n as of_reports, c.reports / speaking.n as share
from counted c
cross join speaking
where not exists (
    from counted longer
    where longer.phrase <> c.phrase and contains(longer.phrase, c.phrase) and longer.reports >= 0.8 * c.reports
)
order by c.reports desc, c.statements desc, c.phrase
