-- one row per cell key and year: the sum of what is printed, over how many reports
select c.key, any_value(c.row_key) as row_key, any_value(c.column_key) as column_key, c.year,
    sum(c.value) as value, count(c.value) as n, count(*) as reports
from cells c
join picked p using (report_no)
where list_contains($keys::varchar[], c.key)
group by c.key, c.year
order by c.year, c.key
