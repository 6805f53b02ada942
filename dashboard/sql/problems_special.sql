-- one row per word: log-odds of its use here against all other reports, with the words' whole use as prior (etl/words/logodds.py)
with here as (
    select t.term, count(*) as y from base.term t semi join picked using (report_no) group by t.term
), counts as (
    select w.term, coalesce(any_value(h.y), 0) as y, sum(w.reports)::bigint - coalesce(any_value(h.y), 0) as r
    from wide_terms w
    left join here h using (term)
    group by w.term
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
