-- one row per cohort and cell that pages add up: the sum over the n of its reports that print a number
create view cohort_cells as
select k.key, k.table_no, k.row_key, k.column_key, c.cohort_no, c.value, c.n, c.reports
from base.cohort_cell c
join base.cell_key k using (cell_no);
