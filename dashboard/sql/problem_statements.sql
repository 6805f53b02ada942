-- one row per problem statement, those that hold the word when one is given
select p.report_id, p.agency, p.county, p.year, s.ordinal, s.text
from picked p
join problems s using (report_id)
where contains(s.text, $term::varchar)
order by p.year desc, p.agency, s.ordinal
