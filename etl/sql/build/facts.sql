-- one row per report read, counted or not: one file counts for an agency and year, the one that counted before if it is still there
create temp table ranked as
select
    i.report_no, i.report_id, i.agency_key, i.year, i.path, i.source_path, i.source_sha256,
    row_number() over (
        partition by i.agency_key, i.year order by coalesce(h.counted, false) desc, i.source_path, i.path
    ) = 1 as counted
from incoming_fact i
left join held h on h.path = i.path and h.report_id = i.report_id;

insert into base.checked
select
    c.report_no, if(o.source_sha256 = c.source_sha256, 'D2', 'D1'),
    if(o.source_sha256 = c.source_sha256, 'info', 'warning'), 'fail', o.source_path, '', [], ''
from ranked c
join ranked o using (agency_key, year)
where c.counted and not o.counted
order by c.report_no, o.source_path;

create table base.fact as
select
    i.*, r.counted, 0::usmallint as errors, 0::usmallint as warnings, null::usmallint as sums_in_form,
    null::usmallint as sums_assessed, null::usmallint as arithmetic_errors
from incoming_fact i
join ranked r using (report_no)
order by i.year, i.county_code, i.agency, i.report_no;
