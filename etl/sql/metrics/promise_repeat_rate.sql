-- one row per counted report: of the themes in last year's remedies, those that are problems again this year
insert into measured
with pair as (
    select now.report_no, before.report_no as before_no
    from base.fact now
    left join base.fact before
        on before.agency_key = now.agency_key and before.year = now.year - 1 and before.counted
    where now.counted
), promised as (
    select distinct p.report_no, t.theme
    from pair p
    join base.remedy_theme t on t.report_no = p.before_no
), kept as (
    select
        p.report_no, count(*) as promised,
        count(*) filter (exists (from base.problem_theme t where t.report_no = p.report_no and t.theme = p.theme)) as again
    from promised p
    group by p.report_no
)
select p.report_no, 'promise_repeat_rate', k.again / k.promised, k.again, k.promised
from pair p
left join kept k using (report_no);
