-- one row per problem statement that carries a theme, with the words that say so; of a year, county or agency where given
select
    p.report_id, p.agency, p.county, p.year, s.ordinal, s.text, t.words as words
from picked p
join problem_themes t on t.report_id = p.report_id and t.theme = $key::varchar
join problems s on s.report_id = t.report_id and s.ordinal = t.ordinal
where ($year::integer is null or p.year = $year::integer)
  and case $by::varchar
      when 'county' then coalesce(p.county_code, if(p.region_level in ('ambiguous', 'none'), 'none', 'above'))
      when 'agency' then p.agency_key
      else ''
  end = $group_key::varchar
order by p.year desc, p.agency, p.report_id, s.ordinal
