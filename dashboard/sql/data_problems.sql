-- one row per problem statement of the reports that the filters leave
select p.report_id, p.agency, p.county, p.year, s.ordinal, s.text
from picked p
join problems s using (report_id)
order by p.report_id, s.ordinal
