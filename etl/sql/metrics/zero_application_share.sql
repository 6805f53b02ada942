-- one row per counted report: 1 of 1 when no application was received, 0 of 1 when some were, null when unknown
insert into measured
select
    f.report_no, 'zero_application_share', (v.value = 0)::int, (v.value = 0)::int, if(v.value is null, null, 1)
from base.fact f
join of_cells v on v.report_no = f.report_no and v.metric = 'applications_received'
where f.counted;
