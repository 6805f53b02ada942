-- one row per thing that a table is named for; people read the views, these tables may change with any version
create schema base;

create type base.state as enum ('number', 'blank', 'dash', 'unreadable', 'missing');

create table base.build (
    build_id varchar not null, created_at timestamp not null, parser_version varchar not null,
    dictionary_version varchar not null, structure varchar not null
);
create table base.source (
    path varchar not null, shown_path varchar not null, sha256 varchar, bytes bigint, modified_ns bigint,
    outcome varchar not null, reason varchar, detail varchar, report_id varchar, parser_version varchar not null,
    loaded_at timestamp not null
);
-- `other` is the number where the printed text is not just that number, so that no number is held twice.
create table base.cell_printed (
    report_no uinteger not null, cell_no usmallint not null, other double, state base.state not null,
    printed varchar not null, place varchar not null
);
create view base.cell as
select
    report_no, cell_no, if(state = 'number', coalesce(other, try_cast(printed as double)), null) as value, state,
    printed, place
from base.cell_printed;
create table base.section (
    report_no uinteger not null, section_no utinyint not null, heading varchar not null, text varchar not null,
    place varchar not null
);
create table base.problem (report_no uinteger not null, ordinal usmallint not null, text varchar not null);
create table base.remedy (report_no uinteger not null, ordinal usmallint not null, text varchar not null);
create table base.problem_theme (
    report_no uinteger not null, ordinal usmallint not null, theme varchar not null, words varchar[] not null
);
create table base.remedy_theme (report_no uinteger not null, ordinal usmallint not null, theme varchar not null);
create table base.phrase (report_no uinteger not null, ordinal usmallint not null, phrase varchar not null);
create table base.term (report_no uinteger not null, term varchar not null, n usmallint not null);
create table base.finding (
    report_no uinteger not null, rule varchar not null, severity varchar not null, status varchar not null,
    message varchar not null, cause varchar not null, cells varchar[] not null, place varchar not null
);
-- Findings of the rules that need all reports, made anew by every load.
create table base.checked (
    report_no uinteger not null, rule varchar not null, severity varchar not null, status varchar not null default 'fail',
    message varchar not null, cause varchar not null default '', cells varchar[] not null, place varchar not null
);
create table base.sums (
    report_no uinteger not null, in_form usmallint not null, assessed usmallint not null, broken usmallint not null
);
-- Sorted by metric, since a page asks for few of them; `value` only where numerator and denominator do not tell it.
create table base.metric_value (
    metric_no utinyint not null, report_no uinteger not null, numerator double, denominator double, value double
);
create table base.text_reuse (
    report_id varchar not null, other_id varchar not null, year smallint not null, kind varchar not null,
    similarity double not null, only_year boolean not null
);
create table base.reuse_year (year smallint not null, digest ubigint not null);
