-- one row per theme: promised in the remedies of one year, and named again as a problem by the same agency the year after
with pair as (
    select p.report_id, before.report_id as before_id
    from picked p
    join reports before on before.agency_key = p.agency_key and before.year = p.year - 1
), promised as (
    select distinct pair.report_id, r.theme
    from pair
    join remedy_themes r on r.report_id = pair.before_id
)
select
    p.theme, count(*) as promised, count(n.theme) as again, count(n.theme) / count(*) as share
from promised p
left join (select distinct report_id, theme from problem_themes) n using (report_id, theme)
group by p.theme
order by share desc, promised desc, p.theme
