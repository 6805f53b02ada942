-- one row per pair of the most frequent words: reports that use both, and how much they belong together (1 always, 0 by chance)
with speaking as (
    select sum(speaking)::bigint as n from picked_wide
), top as (
    select t.term, sum(t.reports)::bigint as reports
    from wide_terms t
    semi join picked_wide using (wide_no)
    group by t.term
    having sum(t.reports) > 1
    order by reports desc, t.term
    limit $words
), both_used as (
    select p.one, p.other, sum(p.reports)::bigint as reports
    from wide_pairs p
    semi join picked_wide using (wide_no)
    where p.one in (select term from top) and p.other in (select term from top)
    group by p.one, p.other
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
