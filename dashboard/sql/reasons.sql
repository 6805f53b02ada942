-- one row per reason of an outcome group: applications over all picked years
select c.key, any_value(c.row_key) as row_key, sum(c.value) as value, count(c.value) as n, count(*) as reports
from cells c
join picked p using (report_no)
where c.table_no = 3 and c.column_key = 'total' and starts_with(c.row_key, $outcome::varchar || '_')
group by c.key
order by value desc nulls last, c.key
