-- one row per counted report of a year: its narrative sections as printed
select
    f.report_id, f.agency_key as agency, f.year,
    string_agg(s.text, chr(10) order by s.section_no, s.place) as text
from base.fact f
join base.section s using (report_no)
where f.counted and f.year = $year and list_contains($sections, s.section_no)
group by all
order by f.report_id
