-- one row per cell of a counted report that its form wants
create view cells as
select
    f.report_id, f.agency, f.county, f.year, k.table_no, k.row_key, k.column_key, c.value, c.state, c.printed, c.place,
    k.key, f.county_code, c.report_no
from base.cell c
join base.cell_key k using (cell_no)
join base.fact f using (report_no)
where f.counted;
