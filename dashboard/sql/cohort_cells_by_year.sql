-- one row per cell key and year: cells_by_year.sql from sums made beforehand
select c.key, any_value(c.row_key) as row_key, any_value(c.column_key) as column_key, p.year,
    sum(c.value) as value, sum(c.n)::bigint as n, sum(c.reports)::bigint as reports
from cohort_cells c
join picked_cohorts p using (cohort_no)
where list_contains($keys::varchar[], c.key)
group by c.key, p.year
order by p.year, c.key
