-- one row per counted report and metric, in the order in which the statements of this folder find them
create temp table measured (
    report_no uinteger not null, metric varchar not null, value double, numerator double, denominator double
);

create temp view of_cells as
select
    v.report_no, m.key as metric,
    case m.kind when 'count' then v.numerator else m.scale * v.numerator / nullif(v.denominator, 0) end as value
from base.metric_value v
join base.metric m on m.position = v.metric_no;
