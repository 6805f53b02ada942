-- one row per year, province, kind and soundness that counted reports share; speaking: those with problem statements
create view wide_cohorts as
select wide_no, year, province_code, kind, sound, speaking
from base.wide_cohort;
