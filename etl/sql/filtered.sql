-- one row per report that the filters leave but the one for the same agencies: a view, so that a statement reads no more of
-- it than it asks for; a view takes no parameters, so the filters are the variable `chosen` of the connection
create temp view filtered as
select *
from reports
where (len(getvariable('chosen').years) = 0 or list_contains(getvariable('chosen').years::integer[], year))
  and (
      len(getvariable('chosen').provinces) = 0
      or list_contains(getvariable('chosen').provinces::varchar[], province_code)
  )
  and (len(getvariable('chosen').cities) = 0 or list_contains(getvariable('chosen').cities::varchar[], city_code))
  and (
      (len(getvariable('chosen').counties) = 0 and not getvariable('chosen').unassigned)
      or list_contains(getvariable('chosen').counties::varchar[], county_code)
      or (getvariable('chosen').unassigned and region_level in ('ambiguous', 'none'))
  )
  and (len(getvariable('chosen').kinds) = 0 or list_contains(getvariable('chosen').kinds::varchar[], kind))
  and (
      len(getvariable('chosen').agencies) = 0
      or len(list_filter(getvariable('chosen').agencies::varchar[], lambda part: contains(agency, part))) > 0
  )
  and (not getvariable('chosen').sound or arithmetic_errors is null or arithmetic_errors = 0);
