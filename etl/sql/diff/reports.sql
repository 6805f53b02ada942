-- one row per report that only one of the two warehouses counts, or that they read from different files
select
    coalesce(n.report_id, o.report_id) as report_id,
    case when o.report_id is null then 'added' when n.report_id is null then 'removed' else 'other file' end as change,
    o.source_path as old, n.source_path as new
from new.reports n
full join old.reports o using (report_id)
where n.report_id is null or o.report_id is null or n.source_sha256 <> o.source_sha256
order by report_id
