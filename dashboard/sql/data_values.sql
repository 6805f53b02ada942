-- one row per chosen metric and report, of the first $most reports in the order of reports.sql
with first as (
    select report_no, report_id
    from picked
    order by year desc, province_code, city_code, county_code, agency, report_id
    limit $most::integer
)
select p.report_id, l.metric, l.value, l.numerator, l.denominator
from first p
join metric_values l using (report_no)
where list_contains($metrics::varchar[], l.metric)
