-- one row per outcome and year: a report counts where every cell of the outcome is known
with per_report as (
    select
        c.report_id, c.year,
        case
            when starts_with(c.row_key, 'refused_') then 'refused'
            when starts_with(c.row_key, 'unavailable_') then 'unavailable'
            when starts_with(c.row_key, 'not_processed_') then 'not_processed'
            when c.row_key = 'other' or starts_with(c.row_key, 'other_') then 'other'
            else c.row_key
        end as outcome,
        if(count(*) = count(c.value), sum(c.value), null) as value
    from cells c
    join picked p using (report_no)
    where c.table_no = 3 and c.column_key = 'total'
    group by c.report_id, c.year, outcome
)
select outcome, year, sum(value) as value, count(value) as n, count(*) as reports
from per_report
group by outcome, year
order by year, outcome
