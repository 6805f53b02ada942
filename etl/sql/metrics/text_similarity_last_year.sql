-- one row per counted report: how much of its narrative stands in its agency's report of the year before
insert into measured
select f.report_no, 'text_similarity_last_year', r.similarity, null, null
from base.fact f
left join base.text_reuse r on r.report_id = f.report_id and r.kind = 'last_year'
where f.counted;
