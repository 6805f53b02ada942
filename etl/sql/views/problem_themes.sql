-- one row per problem statement and theme that it carries
create view problem_themes as
select f.report_id, t.ordinal, t.theme, t.words
from base.problem_theme t
join base.fact f using (report_no)
where f.counted;
