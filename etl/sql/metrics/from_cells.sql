-- one row per counted report and metric made of cells; a part whose operand is no number is null, and so is x/0
insert into measured
with wanted as (
    select metric, part, variant, count(*) as operands
    from base.metric_operand
    group by metric, part, variant
), summed as (
    select c.report_no, o.metric, o.part, o.variant, sum(o.sign * c.value) as total, count(c.value) as known
    from base.cell c
    join base.metric_operand o using (cell_no)
    where c.report_no between $first and $last
    group by c.report_no, o.metric, o.part, o.variant
), chosen as (
    select
        s.report_no, s.metric,
        arg_min(s.total, s.variant) filter (s.part = 'numerator') as numerator,
        arg_min(s.total, s.variant) filter (s.part = 'denominator') as denominator
    from summed s
    join wanted w using (metric, part, variant)
    where s.known = w.operands
    group by s.report_no, s.metric
)
select
    f.report_no, m.key,
    if(m.kind = 'count', c.numerator, m.scale * c.numerator / nullif(c.denominator, 0)),
    c.numerator, c.denominator
from base.fact f
cross join base.metric m
left join chosen c on c.report_no = f.report_no and c.metric = m.key
where f.counted and f.report_no between $first and $last and exists (from base.metric_operand o where o.metric = m.key);
