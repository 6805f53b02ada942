-- one row per year: reports with problem statements, and those of them that use the word
with speaking as (
    select year, sum(speaking)::bigint as of_reports from picked_wide group by year having of_reports > 0
), used as (
    select p.year, sum(t.reports)::bigint as reports
    from wide_terms t
    join picked_wide p using (wide_no)
    where t.term = $term::varchar
    group by p.year
)
select s.year, s.of_reports, coalesce(u.reports, 0) as reports, coalesce(u.reports, 0) / s.of_reports as share
from speaking s
left join used u using (year)
order by s.year
