-- one row per report behind a figure that sums cells: the sum there, with the printed cells and their places
select
    p.report_id, p.agency, p.county, p.year,
    if(count(*) = count(c.value), sum(c.value), null) as value, null::double as numerator, null::double as denominator,
    list(c.key order by c.key) as keys,
    list(coalesce(nullif(c.printed, ''), c.state::varchar) order by c.key) as printed,
    list(c.place order by c.key) as places
from picked p
join cells c using (report_no)
where list_contains($keys::varchar[], c.key) and ($year::integer is null or p.year = $year::integer)
group by p.report_id, p.agency, p.county, p.year
order by value desc nulls last, p.agency, p.year
