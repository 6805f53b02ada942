-- one row per counted report (table series): the same agency's report of the year before, and the last one before
create or replace temp macro plain(x) as if(x = trunc(x) and abs(x) < 1e15, x::bigint::varchar, round(x, 6)::varchar);

create or replace temp table series as
select
    report_no, report_id, kind, year, form, transcribed,
    lag(report_no) over every_year as before_no, lag(year) over every_year as before_year,
    if(before_year = year - 1, before_no, null) as last_no
from base.fact
where counted
window every_year as (partition by agency_key order by year);

-- Counts that rules on change and on peers look at: no amounts, no signed changes, of table 3 what all applicants make.
create or replace temp table watched as
select cell_no, key
from base.cell_key
where (table_no in (2, 4) and column_key not in ('amount', 'change')) or (table_no = 3 and column_key = 'total');

-- What the checks find, one after the other.
create or replace temp table found (
    report_no uinteger not null, rule varchar not null, severity varchar not null, message varchar not null,
    cells varchar[] not null, cause varchar not null
);

-- What the rules on change and on peers compare; filled some cells at a time.
create or replace temp table moves (
    report_no uinteger not null, key varchar not null, here double not null, there double not null, last_year smallint not null
);
create or replace temp table peers (
    report_no uinteger not null, key varchar not null, value double not null, reports bigint not null, median double not null,
    spread double
);
