-- one row per problem or remedy of a report
select 'problem' as what, ordinal, text from problems where report_id = $report::varchar
union all
select 'remedy', ordinal, text from remedies where report_id = $report::varchar
order by what, ordinal
