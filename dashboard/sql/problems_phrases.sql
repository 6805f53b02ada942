-- one row per phrase: in how many reports' problem statements it stands; a part of a longer one that says the same is left out
with speaking as (
    select count(*) as n from picked semi join base.problem using (report_no)
), counted as (
    select phrase, count(*) as reports, sum(statements)::bigint as statements
    from (
        select f.phrase, f.report_no, count(*) as statements
        from base.phrase f
        semi join picked using (report_no)
        group by f.phrase, f.report_no
    )
    group by phrase
    order by reports desc, statements desc, phrase
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
