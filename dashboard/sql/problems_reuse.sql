-- one row per report that the filters leave and kind of reuse: the report that shares its text, and how much
select
    p.report_id, p.agency, p.county, p.year, u.kind, u.similarity, u.only_year,
    u.other_id, o.agency as other_agency, o.county as other_county, o.year as other_year
from picked p
join text_reuse u using (report_id)
join reports o on o.report_id = u.other_id
order by u.similarity desc, p.year desc, p.agency, p.report_id
