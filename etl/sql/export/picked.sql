-- one row per report that the filters leave (a temporary table: the other statements of the export read it)
create temp table picked as
with plain as (
    select *
    from reports
    where (len($year::integer[]) = 0 or list_contains($year::integer[], year))
      and (len($province::varchar[]) = 0 or list_contains($province::varchar[], province_code))
      and (len($city::varchar[]) = 0 or list_contains($city::varchar[], city_code))
      and (
          len($county::varchar[]) = 0 or list_contains($county::varchar[], county_code)
          or (list_contains($county::varchar[], 'none') and region_level in ('ambiguous', 'none'))
      )
      and (len($kind::varchar[]) = 0 or list_contains($kind::varchar[], kind))
      and (len($agency::varchar[]) = 0 or len(list_filter($agency::varchar[], lambda part: contains(agency, part))) > 0)
      and (len($sound::varchar[]) = 0 or arithmetic_errors is null or arithmetic_errors = 0)
)
select *
from plain
where len($same::varchar[]) = 0
   or agency_key in (
       select agency_key
       from plain
       group by agency_key
       having count(distinct year) = greatest(len($year::integer[]), (select count(distinct year) from plain))
   );
