-- one row per counted report: how much of its narrative stands in another agency's report of the year, the nearest one
insert into measured
select f.report_no, 'boilerplate', r.similarity, null, null
from base.fact f
left join base.text_reuse r on r.report_id = f.report_id and r.kind = 'same_year'
where f.counted;
