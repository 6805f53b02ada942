-- one row per counted report: cells read as numbers of the cells that its form asks for
insert into measured
select report_no, 'completeness', cells_known / nullif(cells_in_form, 0), cells_known, cells_in_form
from base.fact
where counted;
