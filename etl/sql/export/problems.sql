-- one row per problem statement, with its themes
select
    p.report_id, p.agency, p.county, p.year, s.ordinal, s.text,
    (
        select string_agg(t.theme, ' ' order by t.theme)
        from problem_themes t
        where t.report_id = s.report_id and t.ordinal = s.ordinal
    ) as themes
from problems s
join picked p using (report_id)
order by p.year, p.report_id, s.ordinal
