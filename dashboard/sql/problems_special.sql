-- one row per word: log-odds of its use here against all other reports, with the words' whole use as prior (etl/words/logodds.py)
with counts as (
    select
        t.term, count(*) filter (p.report_id is not null) as y, count(*) filter (p.report_id is null) as r
    from terms t
    left join picked p using (report_id)
    group by t.term
), weighed as (
    select
        *, $weight::double * (y + r) / sum(y + r) over () as a, sum(y) over () as n, sum(r) over () as m
    from counts
)
select
    term, y as reports, r as rest,
    (ln((y + a) / (n + $weight::double - y - a)) - ln((r + a) / (m + $weight::double - r - a)))
        / sqrt(1 / (y + a) + 1 / (r + a)) as z
from weighed
where n > 0 and m > 0 and n + m > y + r
order by z desc, term
