-- one row per report read, counted or not: one file counts for an agency and year, the one that counted before if it is
-- still there; a file that is gone counts only where no other one can. One text under two names is no copy
create temp table ranked as
with copies as (
    select
        i.report_no, i.report_id, i.agency, i.agency_key, i.year, i.path, i.source_path, i.source_sha256,
        coalesce(h.is_gone, false) as gone, coalesce(h.counted, false) as held,
        row_number() over (
            partition by i.source_sha256, i.agency, i.year order by gone, held desc, i.source_path, i.path
        ) = 1 as first_copy
    from incoming_fact i
    left join held h on h.path = i.path and h.report_id = i.report_id
)
select
    * exclude (gone, held, first_copy),
    first_copy and row_number() over (
        partition by agency_key, year order by first_copy desc, gone, held desc, source_path, path
    ) = 1 as counted,
    (dense_rank() over (order by agency_key))::uinteger as agency_no
from copies;

-- Beside each report that is not counted the one that is in its place: the same file, else its agency's of that year.
create temp table rival as
with pairs as (
    select o.report_no, c.report_no as counted_no, true as is_copy
    from ranked o
    join ranked c on c.source_sha256 = o.source_sha256 and c.agency = o.agency and c.year = o.year
    where c.counted and not o.counted
    union all
    select o.report_no, c.report_no, false
    from ranked o
    join ranked c on c.agency_key = o.agency_key and c.year = o.year
    where c.counted and not o.counted
)
select report_no, arg_max(counted_no, is_copy) as counted_no
from pairs
group by report_no;

insert into base.checked
select
    c.report_no, if(o.source_sha256 = c.source_sha256, 'D2', 'D1'),
    if(o.source_sha256 = c.source_sha256, 'info', 'warning'), 'fail', o.source_path, '', [], ''
from rival
join ranked c on c.report_no = rival.counted_no
join ranked o on o.report_no = rival.report_no
order by c.report_no, o.source_path;

create table base.fact as
select
    i.*, r.counted, 0::usmallint as errors, 0::usmallint as warnings, null::usmallint as sums_in_form,
    null::usmallint as sums_assessed, null::usmallint as arithmetic_errors, r.agency_no
from incoming_fact i
join ranked r using (report_no)
order by i.year, i.county_code, i.agency, i.report_no;
