-- one row per thing taken in by this load; gone when the build closes
create temp table incoming_source (
    path varchar, shown_path varchar, sha256 varchar, bytes bigint, modified_ns bigint, outcome varchar, reason varchar,
    detail varchar
);
create temp table held (path varchar, report_id varchar, counted boolean, is_gone boolean);
create temp table incoming_fact as from fact_shape;
