-- one row per cohort and cell that a page adds up (table some_cells), of some reports
insert into some_cells
select m.cohort_no, c.cell_no, sum(c.value), count(c.value), count(*)
from base.cell c
join base.cell_key k using (cell_no)
join member m using (report_no)
where c.report_no between $first and $last
  and (k.table_no = 4 or (k.table_no = 3 and (k.column_key = 'total' or k.row_key = 'received')))
group by m.cohort_no, c.cell_no;
