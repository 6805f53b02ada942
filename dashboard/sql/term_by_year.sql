-- one row per year: reports with problem statements, and those of them that use the word
with speaking as (
    select report_no, year from picked semi join base.problem using (report_no)
)
select
    s.year, count(*) as of_reports, count(t.report_no) as reports, count(t.report_no) / count(*) as share
from speaking s
left join (select report_no from base.term where term = $term::varchar) t using (report_no)
group by s.year
order by s.year
