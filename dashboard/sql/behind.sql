-- one row per report behind a figure: the metric there with the printed cells that it reads and their places
select
    p.report_id, p.agency, p.county, p.year, l.value, l.numerator, l.denominator,
    list(c.key order by c.key) filter (c.key is not null) as keys,
    list(coalesce(nullif(c.printed, ''), c.state::varchar) order by c.key) filter (c.key is not null) as printed,
    list(c.place order by c.key) filter (c.key is not null) as places
from picked p
join metric_values l on l.report_no = p.report_no and l.metric = $metric::varchar
left join cells c on c.report_no = p.report_no
    and list_contains((select m.cells from metric m where m.key = $metric::varchar), c.key)
where ($year::integer is null or p.year = $year::integer)
  and case $by::varchar
      when 'county' then coalesce(p.county_code, if(p.region_level in ('ambiguous', 'none'), 'none', 'above'))
      when 'agency' then p.agency_key
      when 'kind' then p.kind
      when 'report' then p.report_id
      else ''
  end = $group_key::varchar
group by p.report_id, p.agency, p.county, p.year, l.value, l.numerator, l.denominator
order by l.value desc nulls last, p.agency, p.year
