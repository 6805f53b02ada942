-- one row per theme and cohort: of its reports with a section five those that name the theme, and their statements that do
create view cohort_themes as
select h.key as theme, t.cohort_no, t.reports, t.statements
from base.cohort_theme t
join base.theme h on h.position = t.theme_no;
