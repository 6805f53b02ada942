-- one row per agency, theme and run of two years or more in a row in which the agency names it: the first $most of listed_of
with wanted as (
    select distinct unnest(getvariable('chosen').years::smallint[]) as year
), spans as (
    select min(year) as first_year, max(year) as last_year
    from (select year, year - row_number() over (order by year) as span from wanted)
    group by span
    union all
    select 0::smallint, 9999::smallint where len(getvariable('chosen').years) = 0
), kept as (
    select
        r.theme, a.agency_no, r.settled, greatest(r.first_year, s.first_year) as first_year,
        least(r.last_year, s.last_year) as last_year
    from theme_runs r
    join spans s on r.first_year <= s.last_year and r.last_year >= s.first_year
    join picked_agencies a using (row_no)
    where r.sound = getvariable('chosen').sound
), runs as (
    select theme, agency_no, first_year, last_year from kept where settled
    union all
    select theme, agency_no, min(first_year), max(last_year)
    from (
        select *, first_year - row_number() over (partition by theme, agency_no order by first_year) as run
        from kept
        where not settled
    )
    group by theme, agency_no, run
), longest as (
    select *, (last_year - first_year + 1)::bigint as years, count(*) over () as listed_of
    from runs
    where last_year > first_year
    order by years desc, last_year desc, agency_no, theme
    limit $most::integer
), named as (
    select agency_no, any_value(agency_key) as agency_key, any_value(agency) as agency, any_value(county) as county
    from picked_agencies
    group by agency_no
)
select n.agency_key, n.agency, n.county, l.theme, l.first_year, l.last_year, l.years, l.listed_of
from longest l
join named n using (agency_no)
order by l.years desc, l.last_year desc, l.agency_no, l.theme
