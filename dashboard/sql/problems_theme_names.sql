-- one row per theme of the dictionary, in its order
select key, label_zh, label_en, definition_zh, definition_en
from theme
order by position
