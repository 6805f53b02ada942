-- one row per counted report and kind of reuse: last_year, its agency's report of the year before; same_year, the nearest other
create view text_reuse as
select report_id, other_id, kind, similarity, only_year
from base.text_reuse;
