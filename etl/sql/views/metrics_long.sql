-- one row per counted report and metric; value is null where an operand is unknown or the denominator is 0
create view metrics_long as
select
    f.report_id, f.agency, f.county, f.kind, f.year, m.key as metric,
    case m.kind
        when 'count' then v.numerator
        when 'ratio' then m.scale * v.numerator / nullif(v.denominator, 0)
        else v.value
    end as value,
    v.numerator, v.denominator, f.province_code, f.city_code, f.county_code, v.report_no
from base.metric_value v
join base.metric m on m.position = v.metric_no
join base.fact f using (report_no)
where f.counted;
