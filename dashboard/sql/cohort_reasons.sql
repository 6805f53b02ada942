-- one row per reason of an outcome group: reasons.sql from sums made beforehand
select c.key, any_value(c.row_key) as row_key, sum(c.value) as value, sum(c.n)::bigint as n, sum(c.reports)::bigint as reports
from cohort_cells c
join picked_cohorts p using (cohort_no)
where c.table_no = 3 and c.column_key = 'total' and starts_with(c.row_key, $outcome::varchar || '_')
group by c.key
order by value desc nulls last, c.key
