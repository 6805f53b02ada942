-- one row per metric of the dictionary
create view metric as
select key, label_zh, label_en, unit, kind, level, "group", scale, formula_zh, formula_en, caveat_zh, caveat_en, minuend, subtrahend, cells, position,
    kind = 'count' and exists (from base.metric_operand o where o.metric = m.key and o.sign < 0) as is_signed
from base.metric m;
