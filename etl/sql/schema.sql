-- one row per thing that a table is named for; people read the views, these tables may change with any version
create schema base;

create type base.state as enum ('number', 'blank', 'dash', 'unreadable', 'missing');

create table base.build (
    build_id varchar not null, created_at timestamp not null, parser_version varchar not null, structure varchar not null
);
create table base.source (
    path varchar primary key, shown_path varchar not null, sha256 varchar, bytes bigint, modified_ns bigint,
    outcome varchar not null, reason varchar, detail varchar, report_id varchar, parser_version varchar not null,
    loaded_at timestamp not null
);
create table base.cell (
    report_no uinteger not null, cell_no usmallint not null, value double, state base.state not null,
    printed varchar not null, place varchar not null
);
create table base.section (
    report_no uinteger not null, section_no utinyint not null, heading varchar not null, text varchar not null,
    place varchar not null
);
create table base.problem (report_no uinteger not null, ordinal usmallint not null, text varchar not null);
create table base.remedy (report_no uinteger not null, ordinal usmallint not null, text varchar not null);
create table base.problem_theme (report_no uinteger not null, ordinal usmallint not null, theme varchar not null);
create table base.term (report_no uinteger not null, term varchar not null, n usmallint not null);
create table base.finding (
    report_no uinteger not null, rule varchar not null, severity varchar not null, status varchar not null,
    message varchar not null, cause varchar not null, cells varchar[] not null, place varchar not null
);
create table base.metric_value (
    report_no uinteger not null, metric varchar not null, value double, numerator double, denominator double
);

create table base.cell_key (
    cell_no usmallint primary key, key varchar not null, table_no utinyint not null, row_key varchar not null,
    column_key varchar not null
);
create table base.form_cell (
    form varchar not null, position usmallint not null, key varchar not null, table_no utinyint not null,
    row_key varchar not null, column_key varchar not null, label_zh varchar not null, label_en varchar not null,
    row_label_zh varchar not null, row_label_en varchar not null, column_label_zh varchar not null,
    column_label_en varchar not null, unit varchar not null, fact_column varchar not null
);
create table base.metric (
    position usmallint not null, key varchar not null, label_zh varchar not null, label_en varchar not null,
    unit varchar not null, kind varchar not null, "group" varchar not null, scale double not null,
    formula_zh varchar not null, formula_en varchar not null, caveat_zh varchar, caveat_en varchar, cells varchar[] not null
);
create table base.metric_operand (
    metric varchar not null, part varchar not null, variant varchar not null, priority utinyint not null,
    key varchar not null, sign tinyint not null
);
create table base.theme (
    position usmallint not null, key varchar not null, label_zh varchar not null, label_en varchar not null,
    definition_zh varchar not null, definition_en varchar not null
);
create table base.rule (
    position usmallint not null, key varchar not null, severity varchar not null, label_zh varchar not null,
    label_en varchar not null, meaning_zh varchar not null, meaning_en varchar not null
);

-- Gone when the build closes: reports as they come in, before they are sorted into base.fact.
create temp table incoming_report (
    report_no uinteger, report_id varchar, path varchar, agency varchar, kind varchar, province varchar,
    province_code varchar, city varchar, city_code varchar, county varchar, county_code varchar, county_then varchar,
    township varchar, region_level varchar, region_candidates varchar[], year smallint, form varchar, title varchar,
    published_on date, layout varchar, source_path varchar, source_sha256 varchar, transcribed boolean
);
