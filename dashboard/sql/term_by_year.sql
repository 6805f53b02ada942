-- one row per year: reports with problem statements, and those of them that use the word
select
    p.year, count(distinct p.report_id) as of_reports,
    count(distinct t.report_id) as reports,
    count(distinct t.report_id) / count(distinct p.report_id) as share
from picked p
join (select distinct report_id from problems) s using (report_id)
left join terms t on t.report_id = p.report_id and t.term = $term::varchar
group by p.year
order by p.year
