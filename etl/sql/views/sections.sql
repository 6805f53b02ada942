-- one row per section of a counted report
create view sections as
select f.report_id, s.section_no, s.heading, s.text, s.place
from base.section s
join base.fact f using (report_no)
where f.counted;
