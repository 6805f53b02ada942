-- one row per metric: its labels, unit, formula and caveat
select
    key, label_zh, label_en, unit, kind, level, formula_zh, formula_en, caveat_zh, caveat_en,
    array_to_string(cells, ' ') as cells
from metric
order by position
