-- one row per cohort of reports that the filters leave; they can tell neither an agency nor its years
create temp view picked_cohorts as
select
    *, coalesce(county_code, if(region_level in ('ambiguous', 'none'), 'none', 'above')) as county_key
from cohorts
where (len(getvariable('chosen').years) = 0 or list_contains(getvariable('chosen').years::integer[], year))
  and (len(getvariable('chosen').provinces) = 0 or list_contains(getvariable('chosen').provinces::varchar[], province_code))
  and (len(getvariable('chosen').cities) = 0 or list_contains(getvariable('chosen').cities::varchar[], city_code))
  and (
      (len(getvariable('chosen').counties) = 0 and not getvariable('chosen').unassigned)
      or list_contains(getvariable('chosen').counties::varchar[], county_code)
      or (getvariable('chosen').unassigned and region_level in ('ambiguous', 'none'))
  )
  and (len(getvariable('chosen').kinds) = 0 or list_contains(getvariable('chosen').kinds::varchar[], kind))
  and (not getvariable('chosen').sound or sound)
;

-- Agencies with at least one report that the filters leave.
create temp view picked_agencies as
select
    *, coalesce(county_code, if(region_level in ('ambiguous', 'none'), 'none', 'above')) as county_key
from agencies
where (len(getvariable('chosen').provinces) = 0 or list_contains(getvariable('chosen').provinces::varchar[], province_code))
  and (len(getvariable('chosen').cities) = 0 or list_contains(getvariable('chosen').cities::varchar[], city_code))
  and (
      (len(getvariable('chosen').counties) = 0 and not getvariable('chosen').unassigned)
      or list_contains(getvariable('chosen').counties::varchar[], county_code)
      or (getvariable('chosen').unassigned and region_level in ('ambiguous', 'none'))
  )
  and (len(getvariable('chosen').kinds) = 0 or list_contains(getvariable('chosen').kinds::varchar[], kind))
  and case
      when len(getvariable('chosen').years) = 0 then not getvariable('chosen').sound or len(sound_years) > 0
      else list_has_any(if(getvariable('chosen').sound, sound_years, years), getvariable('chosen').years::smallint[])
  end
