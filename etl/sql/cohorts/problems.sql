-- one row per cohort: what its reports say of problems; and one per theme and cohort: who names it, and who promised to mend it
create temp table asked as select distinct report_no from base.section where section_no = 5;

insert into base.cohort_speech
with spoken as (
    select s.report_no, count(*) as statements, count(*) filter (t.report_no is null) as unthemed
    from base.problem s
    left join (select distinct report_no, ordinal from base.problem_theme) t using (report_no, ordinal)
    group by s.report_no
)
select
    m.cohort_no, count(a.report_no), count(s.report_no), coalesce(sum(s.statements), 0), coalesce(sum(s.unthemed), 0)
from member m
left join asked a using (report_no)
left join spoken s using (report_no)
group by m.cohort_no
order by m.cohort_no;

create temp table naming as
select t.report_no, h.position as theme_no, count(*) as statements
from base.problem_theme t
join base.theme h on h.key = t.theme
group by t.report_no, h.position;

insert into base.cohort_theme
select n.theme_no, m.cohort_no, count(*), sum(n.statements)
from naming n
semi join asked using (report_no)
join member m using (report_no)
group by n.theme_no, m.cohort_no
order by n.theme_no, m.cohort_no;

insert into base.cohort_promise
with promised as (
    select distinct p.report_no, p.cohort_no, h.position as theme_no
    from pair p
    join base.remedy_theme r on r.report_no = p.before_report
    join base.theme h on h.key = r.theme
)
select p.theme_no, p.cohort_no, count(*), count(n.report_no)
from promised p
left join naming n using (report_no, theme_no)
group by p.theme_no, p.cohort_no
order by p.theme_no, p.cohort_no;
drop table asked;
