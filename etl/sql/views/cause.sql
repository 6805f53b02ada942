-- one row per likely cause of a sum that does not hold
create view cause as
select key, label_zh, label_en, meaning_zh, meaning_en, position
from base.cause;
