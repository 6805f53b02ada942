-- one row per cell key, labelled as in the newest form that has it
select distinct on (key) *
from form_cell
order by key, form desc
