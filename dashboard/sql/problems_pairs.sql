-- one row per pair of the most frequent words: reports that use both, and how much they belong together (1 always, 0 by chance)
with speaking as (
    select count(*) as n from picked semi join base.problem using (report_no)
), here as (
    select t.report_no, t.term from base.term t semi join picked using (report_no)
), top as (
    select term, count(*) as reports
    from here
    group by term
    having count(*) > 1
    order by reports desc, term
    limit $words
), used as (
    select report_no, term from here semi join top using (term)
), both_used as (
    select a.term as one, b.term as other, count(*) as reports
    from used a
    join used b on b.report_no = a.report_no and b.term > a.term
    group by a.term, b.term
)
select
    u.one, u.other, u.reports, x.reports as one_reports, y.reports as other_reports, speaking.n as of_reports,
    if(u.reports = speaking.n, 1.0, ln(u.reports * speaking.n / (x.reports * y.reports)) / -ln(u.reports / speaking.n)) as cohesion
from both_used u
join top x on x.term = u.one
join top y on y.term = u.other
cross join speaking
where u.reports > 1
order by u.reports desc, cohesion desc, u.one, u.other
