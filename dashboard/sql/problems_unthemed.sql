-- one row: problem statements, and those of them that carry no theme
select
    count(*) as statements,
    count(*) filter (
        not exists (from problem_themes t where t.report_id = s.report_id and t.ordinal = s.ordinal)
    ) as unthemed
from picked p
join problems s using (report_id)
