-- one row per problem statement in section five of a counted report
create view problems as
select f.report_id, p.ordinal, p.text
from base.problem p
join base.fact f using (report_no)
where f.counted;
