-- one row per agency that the filters leave, in the order of their keys: the first $most, and those asked for
with first as (
    select agency_no, any_value(report_no) as report_no
    from picked
    group by agency_no
    order by agency_no
    limit $most::integer
), chosen as (
    select agency_no, any_value(report_no) as report_no
    from picked
    where list_contains($asked::varchar[], agency_key)
    group by agency_no
)
select p.agency_key as group_key, p.agency, p.county
from (from first union from chosen) f
join picked p using (report_no)
order by p.agency_key
