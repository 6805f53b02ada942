-- one row per wide cohort, and per word or phrase and wide cohort: reports that use it
insert into base.wide_cohort
select
    m.wide_no, any_value(c.year), any_value(c.province_code), any_value(c.kind), any_value(c.sound), sum(s.speaking)
from (select distinct wide_no, cohort_no from member) m
join base.cohort c using (cohort_no)
join base.cohort_speech s using (cohort_no)
group by m.wide_no
order by m.wide_no;

insert into base.wide_term
select t.term, m.wide_no, count(*), sum(t.n)
from base.term t
join member m using (report_no)
group by t.term, m.wide_no
order by t.term, m.wide_no;

insert into base.wide_unthemed
with silent as (
    select s.report_no, m.wide_no, regexp_replace(s.text, '\s', '', 'g') as text
    from base.problem s
    join member m using (report_no)
    anti join base.problem_theme t using (report_no, ordinal)
)
select t.term, s.wide_no, count(*)
from silent s
join base.term t on t.report_no = s.report_no and contains(s.text, t.term)
group by t.term, s.wide_no
order by t.term, s.wide_no;

insert into base.wide_phrase
with per_report as (
    select report_no, phrase, count(*) as statements from base.phrase group by report_no, phrase
)
select p.phrase, m.wide_no, count(*), sum(p.statements)
from per_report p
join member m using (report_no)
group by p.phrase, m.wide_no
order by p.phrase, m.wide_no;
