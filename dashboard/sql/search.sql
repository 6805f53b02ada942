-- one row per section that holds the words, of the reports that the filters leave
select p.report_id, p.agency, p.county, p.year, s.section_no, s.heading, s.text
from picked p
join sections s using (report_id)
where contains(s.text, $words::varchar)
order by p.year desc, p.agency, s.section_no
