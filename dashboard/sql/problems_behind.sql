-- one row per problem statement behind a number: of a theme, phrase or word or without a theme; of a year, county or agency
-- where given; with the words that say so where a theme is asked for. A word may stand over line ends
with here as (
    select p.report_id, p.agency, p.county, p.year
    from picked p
    where ($year::integer is null or p.year = $year::integer)
      and case $by::varchar
          when 'county' then coalesce(p.county_code, if(p.region_level in ('ambiguous', 'none'), 'none', 'above'))
          when 'agency' then p.agency_key
          else ''
      end = $group_key::varchar
), sought as (
    select t.report_id, t.ordinal, t.words
    from here
    join problem_themes t using (report_id)
    where $what::varchar = 'theme' and t.theme = $key::varchar
    union all
    select f.report_id, f.ordinal, null
    from here
    join phrases f using (report_id)
    where $what::varchar = 'phrase' and f.phrase = $key::varchar
    union all
    select s.report_id, s.ordinal, null
    from here
    join terms w using (report_id)
    join problems s using (report_id)
    where $what::varchar = 'word' and w.term = $key::varchar
      and contains(regexp_replace(s.text, '\s', '', 'g'), $key::varchar)
    union all
    select s.report_id, s.ordinal, null
    from here
    join problems s using (report_id)
    anti join problem_themes t on t.report_id = s.report_id and t.ordinal = s.ordinal
    where $what::varchar = 'unthemed'
)
select report_id, h.agency, h.county, h.year, s.ordinal, s.text, k.words
from sought k
join here h using (report_id)
join problems s using (report_id, ordinal)
order by h.year desc, h.agency, report_id, s.ordinal
