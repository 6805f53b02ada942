-- one row per kind of column of a table (texts: what was printed, where it stands, prose): megabytes in the file
select
    column_name in ('printed', 'place', 'text', 'heading', 'message', 'phrase') as is_text,
    count(distinct block_id) * 0.262144e0 as size
from pragma_storage_info($table)
where block_id >= 0
group by is_text
order by is_text
