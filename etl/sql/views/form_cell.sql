-- one row per form and cell that it wants
create view form_cell as
select
    key, label_zh, label_en, form, table_no, row_key, column_key, row_label_zh, row_label_en, column_label_zh,
    column_label_en, unit, fact_column, position
from base.form_cell;
