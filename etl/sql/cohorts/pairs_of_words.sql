-- one row per pair of words that most reports use, and wide cohort: reports that use both (table base.wide_pair)
insert into base.wide_pair
with frequent as (
    select term from base.wide_term group by term order by sum(reports) desc, term limit $most
), used as (
    select t.report_no, t.term from base.term t semi join frequent using (term)
)
select a.term, b.term, m.wide_no, count(*)
from used a
join used b on b.report_no = a.report_no and b.term > a.term
join member m on m.report_no = a.report_no
group by a.term, b.term, m.wide_no
order by a.term, b.term, m.wide_no;
