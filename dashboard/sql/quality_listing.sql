-- one row per finding, gravest first, the first ones: with labels and printed values of its first eight cells
with found as (
    select report_no, rule, severity, message, cause, cells, place from base.finding where status = 'fail'
    union all
    select report_no, rule, severity, message, cause, cells, place from base.checked where status = 'fail'
), chosen as (
    select
        row_number() over (
            order by list_position(['error', 'warning', 'info'], f.severity), p.province_code, p.city_code, p.county_code,
                p.agency, p.year, f.rule, f.message
        ) as n,
        p.report_no, p.report_id, p.form, p.agency, p.county, p.year, f.rule, f.severity, f.message, f.cause, f.cells, f.place
    from found f
    join picked p using (report_no)
    where ($rule::varchar is null or f.rule = $rule::varchar)
      and ($severity::varchar is null or f.severity = $severity::varchar)
      and ($year::integer is null or p.year = $year::integer)
      and ($county::varchar is null or $county::varchar = coalesce(
          p.county_code, if(p.region_level in ('ambiguous', 'none'), 'none', 'above')
      ))
    order by n
    limit $most::integer
), named as (
    select n, report_no, form, unnest(cells[:8]) as key, generate_subscripts(cells[:8], 1) as position
    from chosen
), seen as (
    select m.n, m.key, c.printed, c.state
    from named m
    join base.cell_key k on k.key = m.key
    join base.cell_printed c on c.report_no = m.report_no and c.cell_no = k.cell_no
), printed as (
    select
        m.n, list(coalesce(f.label_zh, m.key) order by m.position) as names_zh,
        list(coalesce(f.label_en, m.key) order by m.position) as names_en,
        list(coalesce(v.printed, '') order by m.position) as printed,
        list(coalesce(v.state::varchar, 'missing') order by m.position) as states
    from named m
    left join form_cell f on f.form = m.form and f.key = m.key
    left join seen v on v.n = m.n and v.key = m.key
    group by m.n
)
select
    c.n, c.report_id, c.agency, c.county, c.year, c.rule, r.label_zh, r.label_en, c.severity, c.message,
    coalesce(x.label_zh, '') as cause_zh, coalesce(x.label_en, '') as cause_en, c.cells, c.place,
    coalesce(p.names_zh, []) as names_zh, coalesce(p.names_en, []) as names_en, coalesce(p.printed, []) as printed,
    coalesce(p.states, []) as states
from chosen c
left join printed p using (n)
left join rule r on r.key = c.rule
left join cause x on x.key = c.cause
order by c.n
