-- one row per year, place, kind, form and soundness that counted reports share (table base.cohort)
create temp table member as
select
    report_no,
    dense_rank() over (
        order by year, province_code, city_code, county_code, region_level, kind, form, transcribed, coalesce(arithmetic_errors, 0) > 0
    ) - 1 as cohort_no,
    dense_rank() over (order by year, province_code, kind, coalesce(arithmetic_errors, 0) > 0) - 1 as wide_no
from base.fact
where counted;

insert into base.cohort
select
    m.cohort_no, any_value(year), any_value(form), any_value(kind), any_value(province), any_value(province_code),
    any_value(city), any_value(city_code), any_value(county), any_value(county_code), any_value(region_level),
    any_value(transcribed), any_value(coalesce(arithmetic_errors, 0) = 0), count(*)
from base.fact
join member m using (report_no)
group by m.cohort_no
order by m.cohort_no;

create temp table some_cells (
    cohort_no uinteger not null, cell_no usmallint not null, value double, n uinteger not null, reports uinteger not null
);
create temp table some_outcomes (
    cohort_no uinteger not null, outcome varchar not null, value double, n uinteger not null, reports uinteger not null
);
