-- one row per problem statement: of a theme, with a word or a phrase, of a year, a county or an agency, as far as given
with said as (
    select
        p.report_id, p.agency, p.county, p.year, s.ordinal, s.text,
        (
            select list(distinct w order by w)
            from problem_themes t, unnest(t.words) as u(w)
            where t.report_id = s.report_id and t.ordinal = s.ordinal and t.theme = $theme::varchar
        ) as words
    from picked p
    join problems s using (report_id)
    where ($year::integer is null or p.year = $year::integer)
      and case $by::varchar
          when 'county' then coalesce(p.county_code, if(p.region_level in ('ambiguous', 'none'), 'none', 'above'))
          when 'agency' then p.agency_key
          else ''
      end = $group_key::varchar
)
select *
from said s
where case $what::varchar
        when 'theme' then exists (
            from problem_themes t where t.report_id = s.report_id and t.ordinal = s.ordinal and t.theme = $theme::varchar
        )
        when 'phrase' then exists (
            from phrases f where f.report_id = s.report_id and f.ordinal = s.ordinal and f.phrase = $word::varchar
        )
        when 'unthemed' then not exists (
            from problem_themes t where t.report_id = s.report_id and t.ordinal = s.ordinal
        )
        else contains(regexp_replace(s.text, '\s', '', 'g'), $word::varchar) and exists (
            from terms w where w.report_id = s.report_id and w.term = $word::varchar
        )
      end
order by year desc, agency, report_id, ordinal
