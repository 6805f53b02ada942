-- one row per remedy and theme that it promises to mend
create view remedy_themes as
select f.report_id, t.ordinal, t.theme
from base.remedy_theme t
join base.fact f using (report_no)
where f.counted;
