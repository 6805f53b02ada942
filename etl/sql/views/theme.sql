-- one row per theme of the problem statements
create view theme as
select key, label_zh, label_en, definition_zh, definition_en, position
from base.theme;
