-- one row per data-quality rule
create view rule as
select key, label_zh, label_en, severity, meaning_zh, meaning_en, position
from base.rule;
