-- one row per table of the warehouse that is attached as `whole`: its columns but texts
select
    table_name, list(column_name order by column_index) filter (not list_contains($texts::varchar[], column_name)) as columns
from duckdb_columns()
where database_name = 'whole' and schema_name = 'base' and table_name in (
    select table_name from duckdb_tables() where database_name = 'whole' and schema_name = 'base'
)
group by table_name
order by table_name
