-- one row per theme: promised in the remedies of one year, and named again as a problem by the same agency the year after
with pair as (
    select p.report_no, before.report_no as before_no
    from picked p
    join reports before on before.agency_no = p.agency_no and before.year = p.year - 1
), promised as (
    select distinct pair.report_no, r.theme
    from base.remedy_theme r
    join pair on pair.before_no = r.report_no
), named as (
    select distinct t.report_no, t.theme from base.problem_theme t semi join pair using (report_no)
)
select
    p.theme, count(*) as promised, count(n.theme) as again, count(n.theme) / count(*) as share
from promised p
left join named n using (report_no, theme)
group by p.theme
order by share desc, promised desc, p.theme
