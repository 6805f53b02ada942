-- one row per remedy in section five of a counted report
create view remedies as
select f.report_id, r.ordinal, r.text
from base.remedy r
join base.fact f using (report_no)
where f.counted;
