-- one row per problem statement of a counted report and phrase of two to four words in it
create view phrases as
select f.report_id, p.ordinal, p.phrase
from base.phrase p
join base.fact f using (report_no)
where f.counted;
