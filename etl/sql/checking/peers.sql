-- one row per watched count of a report (table peers) with the median of its kind and year and the spread about it
insert into peers
with counts as (
    select s.report_no, s.kind, s.year, c.cell_no, c.value
    from counted c
    join series s using (report_no)
    where c.value >= 0
), centre as (
    select kind, year, cell_no, count(*) as reports, median(value) as median
    from counts
    group by kind, year, cell_no
), spread as (
    select c.kind, c.year, c.cell_no, median(abs(ln(1 + c.value) - ln(1 + m.median))) as spread
    from counts c
    join centre m using (kind, year, cell_no)
    where m.median > 0
    group by c.kind, c.year, c.cell_no
)
select c.report_no, k.key, c.value, m.reports, m.median, d.spread
from counts c
join centre m using (kind, year, cell_no)
left join spread d using (kind, year, cell_no)
join base.cell_key k using (cell_no)
where (c.value = 0 and m.median >= 100) or (d.spread > 0 and abs(ln(1 + c.value) - ln(1 + m.median)) > 5 * d.spread);
drop table counted;
