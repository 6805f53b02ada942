-- one row per thing that a table is named for: sums over reports, made anew by every load
-- Reports of one year, place, kind, form and soundness, added up: what pages ask of many reports.
create table base.cohort (
    cohort_no uinteger not null, year smallint not null, form varchar not null, kind varchar not null, province varchar,
    province_code varchar, city varchar, city_code varchar, county varchar, county_code varchar, region_level varchar not null,
    transcribed boolean not null, sound boolean not null, reports uinteger not null
);
-- Only where `n` reports know it: of a ratio numerator and denominator, otherwise its value.
create table base.cohort_metric (
    metric_no utinyint not null, cohort_no uinteger not null, n uinteger not null, total double, numerator double,
    denominator double
);
create table base.cohort_cell (
    cell_no usmallint not null, cohort_no uinteger not null, value double, n uinteger not null, reports uinteger not null
);
create table base.cohort_outcome (
    outcome varchar not null, cohort_no uinteger not null, value double, n uinteger not null, reports uinteger not null
);
-- The same of reports of one agency in a year and in the one before, where both know the metric; `..._of` are denominators.
create table base.cohort_pair (
    metric_no utinyint not null, cohort_no uinteger not null, before_no uinteger not null, agencies uinteger not null,
    now double not null, now_of double, before double not null, before_of double
);
-- Agencies by place and kind, with the years of their reports, and of those none of whose sums is known to be broken.
create table base.agency (
    row_no uinteger not null, agency_no uinteger not null, agency_key varchar not null, agency varchar not null, county varchar,
    province_code varchar, city_code varchar, county_code varchar, region_level varchar not null, kind varchar not null,
    years smallint[] not null, sound_years smallint[] not null
);
