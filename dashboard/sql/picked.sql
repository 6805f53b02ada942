-- one row per report that the filters leave (a temporary table: every other statement may read it)
create temp table picked as
with plain as (
    select *, agency || coalesce(' ' || county_code, '') as agency_key
    from reports
    where (len($years::integer[]) = 0 or list_contains($years::integer[], year))
      and (len($provinces::varchar[]) = 0 or list_contains($provinces::varchar[], province_code))
      and (len($cities::varchar[]) = 0 or list_contains($cities::varchar[], city_code))
      and (
          (len($counties::varchar[]) = 0 and not $unassigned::boolean)
          or list_contains($counties::varchar[], county_code)
          or ($unassigned::boolean and region_level in ('ambiguous', 'none'))
      )
      and (len($kinds::varchar[]) = 0 or list_contains($kinds::varchar[], kind))
      and contains(agency, $agency::varchar)
)
select *
from plain
where not $same::boolean
   or agency_key in (
       select agency_key
       from plain
       group by agency_key
       having count(distinct year) = case
           when len($years::integer[]) > 0 then len($years::integer[])
           else (select count(distinct year) from plain)
       end
   )
