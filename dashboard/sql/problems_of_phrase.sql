-- one row per problem statement that holds a phrase; of a year, county or agency where given
select
    p.report_id, p.agency, p.county, p.year, s.ordinal, s.text, null::varchar[] as words
from picked p
join phrases f on f.report_id = p.report_id and f.phrase = $key::varchar
join problems s on s.report_id = f.report_id and s.ordinal = f.ordinal
where ($year::integer is null or p.year = $year::integer)
  and case $by::varchar
      when 'county' then coalesce(p.county_code, if(p.region_level in ('ambiguous', 'none'), 'none', 'above'))
      when 'agency' then p.agency_key
      else ''
  end = $group_key::varchar
order by p.year desc, p.agency, p.report_id, s.ordinal
