-- one row per report asked for: the sections in prose, as printed and as they were compared
select report_id, string_agg(text, chr(10) order by section_no, place) as text
from sections
where list_contains($reports::varchar[], report_id) and section_no in (1, 5, 6)
group by report_id
