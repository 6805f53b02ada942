-- one row per finding of all checks (table base.checked), with the place of its first cell
insert into base.checked by name
with numbered as (select *, cells[1] as key from found)
select n.* exclude (key), coalesce(c.place, '') as place
from numbered n
left join base.cell_key k using (key)
left join base.cell c on c.report_no = n.report_no and c.cell_no = k.cell_no
order by n.report_no, n.rule, n.message;
