-- one row per cohort: its reports with a section five, those with problem statements, statements, those of them without a theme
create view cohort_speech as
select cohort_no, asked, speaking, statements, unthemed
from base.cohort_speech;
