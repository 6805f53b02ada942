-- one row per counted report, by its number, and metric: metrics_long without what is known of the report
create view metric_values as
select
    v.report_no, m.key as metric,
    case m.kind
        when 'count' then v.numerator
        when 'ratio' then m.scale * v.numerator / nullif(v.denominator, 0)
        else v.value
    end as value,
    v.numerator, v.denominator
from base.metric_value v
join base.metric m on m.position = v.metric_no;
