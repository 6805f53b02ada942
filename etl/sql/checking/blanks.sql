-- one row per cell among those asked for (table asked) that is printed blank
select a.report_no, k.key
from asked a
join base.cell c using (report_no, cell_no)
join base.cell_key k using (cell_no)
where c.state = 'blank'
