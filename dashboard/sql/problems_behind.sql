-- one row per problem statement behind a number: of a theme, phrase or word or without a theme; of a year, county or agency
-- where given; with the words that say so where a theme is asked for; the first $most of listed_of, newest first
with here as (
    select report_no, report_id, agency, county, year
    from picked
    where ($year::integer is null or year = $year::integer)
      and case $by::varchar
          when 'county' then coalesce(county_code, if(region_level in ('ambiguous', 'none'), 'none', 'above'))
          when 'agency' then agency_key
          else ''
      end = $group_key::varchar
), of_word as materialized (
    select s.report_no, s.ordinal, s.text
    from base.problem s
    semi join (select report_no from base.term where $what::varchar = 'word' and term = $key::varchar) w using (report_no)
), sought as (
    select report_no, ordinal
    from base.problem_theme
    where $what::varchar = 'theme' and theme = $key::varchar
    union all
    select report_no, ordinal
    from base.phrase
    where $what::varchar = 'phrase' and phrase = $key::varchar
    union all
    -- A word may stand over line ends.
    select report_no, ordinal
    from of_word
    where case
        when contains(text, $key::varchar) then true
        when contains(text, chr(10)) or contains(text, ' ') or contains(text, chr(9)) or contains(text, chr(12))
            or contains(text, chr(13))
            then contains(translate(text, ' ' || chr(9) || chr(10) || chr(12) || chr(13), ''), $key::varchar)
        else false
    end
    union all
    select s.report_no, s.ordinal
    from base.problem s
    anti join base.problem_theme t using (report_no, ordinal)
    where $what::varchar = 'unthemed'
), first_ones as (
    select s.report_no, s.ordinal, h.report_id, h.agency, h.county, h.year, count(*) over () as listed_of
    from sought s
    join here h using (report_no)
    order by h.year desc, h.agency, h.report_id, s.ordinal
    limit $most::integer
)
select f.report_id, f.agency, f.county, f.year, f.ordinal, s.text, t.words, f.listed_of
from first_ones f
join base.problem s using (report_no, ordinal)
left join base.problem_theme t
    on t.report_no = f.report_no and t.ordinal = f.ordinal and $what::varchar = 'theme' and t.theme = $key::varchar
order by f.year desc, f.agency, f.report_id, f.ordinal
