-- one row per entry of a dictionary: the words and formulas that the data are read with
create table base.cell_key (
    cell_no usmallint not null, key varchar not null, table_no utinyint not null, row_key varchar not null,
    column_key varchar not null, fact_column varchar not null
);
create table base.form_cell (
    form varchar not null, position usmallint not null, key varchar not null, table_no utinyint not null,
    row_key varchar not null, column_key varchar not null, label_zh varchar not null, label_en varchar not null,
    row_label_zh varchar not null, row_label_en varchar not null, column_label_zh varchar not null,
    column_label_en varchar not null, unit varchar not null, fact_column varchar not null
);
create table base.metric (
    position usmallint not null, key varchar not null, label_zh varchar not null, label_en varchar not null,
    unit varchar not null, kind varchar not null, level varchar not null, "group" varchar not null, scale double not null,
    formula_zh varchar not null, formula_en varchar not null, caveat_zh varchar not null, caveat_en varchar not null,
    minuend varchar not null, subtrahend varchar not null, cells varchar[] not null
);
-- The first variant whose every cell is a number counts; `part` is numerator or denominator.
create table base.metric_operand (
    metric varchar not null, part varchar not null, variant utinyint not null, cell_no usmallint not null,
    sign tinyint not null
);
create table base.theme (
    position usmallint not null, key varchar not null, label_zh varchar not null, label_en varchar not null,
    definition_zh varchar not null, definition_en varchar not null
);
create table base.rule (
    position usmallint not null, key varchar not null, severity varchar not null, label_zh varchar not null,
    label_en varchar not null, meaning_zh varchar not null, meaning_en varchar not null
);
create table base.cause (
    position usmallint not null, key varchar not null, label_zh varchar not null, label_en varchar not null,
    meaning_zh varchar not null, meaning_en varchar not null
);
