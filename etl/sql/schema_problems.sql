-- one row per thing that a table is named for: sums over problem statements, made anew by every load
-- What a cohort's reports say: those with a section five, those with statements, statements, those of them without a theme.
create table base.cohort_speech (
    cohort_no uinteger not null, asked uinteger not null, speaking uinteger not null, statements uinteger not null,
    unthemed uinteger not null
);
-- Of the reports with a section five those that name a theme, and their statements that do.
create table base.cohort_theme (
    theme_no utinyint not null, cohort_no uinteger not null, reports uinteger not null, statements uinteger not null
);
-- Reports of agencies that promised last year to mend a theme, and those of them that name it again.
create table base.cohort_promise (
    theme_no utinyint not null, cohort_no uinteger not null, promised uinteger not null, again uinteger not null
);
-- Years in a row in which an agency names a theme, in all its reports or in the sound ones: two at least, but one by one
-- where an agency has several rows in base.agency, since a choice of places or kinds may part its years.
create table base.theme_run (
    sound boolean not null, theme_no utinyint not null, row_no uinteger not null, first_year smallint not null,
    last_year smallint not null, settled boolean not null
);
-- Cohorts of a year, province, kind and soundness together: words are too many to be added up for every county.
create table base.wide_cohort (
    wide_no uinteger not null, year smallint not null, province_code varchar, kind varchar not null, sound boolean not null,
    speaking uinteger not null
);
create table base.wide_term (
    term varchar not null, wide_no uinteger not null, reports uinteger not null, uses uinteger not null
);
create table base.wide_phrase (
    phrase varchar not null, wide_no uinteger not null, reports uinteger not null, statements uinteger not null
);
-- Statements without a theme that hold a word of their report.
create table base.wide_unthemed (term varchar not null, wide_no uinteger not null, statements uinteger not null);
-- Reports that use both of two words, for the words that most reports use.
create table base.wide_pair (
    one varchar not null, other varchar not null, wide_no uinteger not null, reports uinteger not null
);
