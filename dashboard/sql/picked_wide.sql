-- one row per wide cohort of reports that the filters leave; they can tell neither a city nor an agency
create temp view picked_wide as
select *
from wide_cohorts
where (len(getvariable('chosen').years) = 0 or list_contains(getvariable('chosen').years::integer[], year))
  and (len(getvariable('chosen').provinces) = 0 or list_contains(getvariable('chosen').provinces::varchar[], province_code))
  and (len(getvariable('chosen').kinds) = 0 or list_contains(getvariable('chosen').kinds::varchar[], kind))
  and (not getvariable('chosen').sound or sound)
