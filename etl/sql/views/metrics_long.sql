-- one row per counted report and metric; value is null where an operand is unknown or the denominator is 0
create view metrics_long as
select
    f.report_id, f.agency, f.county, f.kind, f.year, m.metric, m.value, m.numerator, m.denominator,
    f.province_code, f.city_code, f.county_code
from base.metric_value m
join base.fact f using (report_no)
where f.counted;
