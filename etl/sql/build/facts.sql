-- one row per report read, counted or not: one file counts for an agency and year, the one that counted before if it is still there
create temp table ranked as
select
    i.report_no, i.report_id, i.path, i.source_path, i.source_sha256,
    row_number() over (
        partition by i.report_id order by coalesce(h.counted, false) desc, i.source_path, i.path
    ) = 1 as counted
from incoming_fact i
left join held h on h.path = i.path and h.report_id = i.report_id;

insert into base.finding
select
    c.report_no, if(o.source_sha256 = c.source_sha256, 'D2', 'D1'),
    if(o.source_sha256 = c.source_sha256, 'info', 'warning'), 'fail', o.source_path, '', [], ''
from ranked c
join ranked o using (report_id)
where c.counted and not o.counted
order by c.report_no, o.source_path;

create temp table weight as
select
    report_no, count(*) filter (severity = 'error') as errors, count(*) filter (severity = 'warning') as warnings
from base.finding
where status = 'fail'
group by report_no;

create table base.fact as
select
    i.*, r.counted, if(w.report_no is null, 0, w.errors)::usmallint as errors,
    if(w.report_no is null, 0, w.warnings)::usmallint as warnings
from incoming_fact i
join ranked r using (report_no)
left join weight w using (report_no)
order by i.year, i.county_code, i.agency, i.report_no;
