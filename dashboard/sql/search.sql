-- one row per section that holds the words, of the reports that the filters leave: the first $most of listed_of
with hits as (
    select
        p.report_id, p.agency, p.county, p.year, s.section_no, s.rowid as section_row, count(*) over () as listed_of
    from base.section s
    join picked p using (report_no)
    where contains(s.text, $words::varchar)
    order by p.year desc, p.agency, p.report_id, s.section_no
    limit $most::integer
)
select h.report_id, h.agency, h.county, h.year, h.section_no, s.heading, s.text, h.listed_of
from hits h
join base.section s on s.rowid = h.section_row
order by h.year desc, h.agency, h.report_id, h.section_no
