-- one row per counted report and word of its problem statements
create view terms as
select f.report_id, t.term, t.n
from base.term t
join base.fact f using (report_no)
where f.counted;
