-- one row per file that a report was read from
select path from sources where report_id is not null order by path
