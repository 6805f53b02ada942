-- one row per pair of the most frequent words: reports that use both, and how much they belong together (1 always, 0 by chance)
with speaking as (
    select distinct p.report_id from picked p join problems s using (report_id)
), total as (
    select count(*) as n from speaking
), top as (
    select t.term, count(*) as reports
    from terms t
    semi join speaking using (report_id)
    group by t.term
    having count(*) > 1
    order by reports desc, t.term
    limit $words
), both_used as (
    select a.term as one, b.term as other, count(*) as reports
    from terms a
    join terms b on b.report_id = a.report_id and b.term > a.term
    semi join speaking s on s.report_id = a.report_id
    where a.term in (select term from top) and b.term in (select term from top)
    group by a.term, b.term
)
select
    u.one, u.other, u.reports, x.reports as one_reports, y.reports as other_reports, total.n as of_reports,
    if(u.reports = total.n, 1.0, ln(u.reports * total.n / (x.reports * y.reports)) / -ln(u.reports / total.n)) as cohesion
from both_used u
join top x on x.term = u.one
join top y on y.term = u.other
cross join total
where u.reports > 1
order by u.reports desc, cohesion desc, u.one, u.other
