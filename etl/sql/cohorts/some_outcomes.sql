-- one row per cohort and outcome of applications (table some_outcomes), of some reports: one counts where it gives every cell
insert into some_outcomes
with per_report as (
    select
        c.report_no,
        case
            when starts_with(k.row_key, 'refused_') then 'refused'
            when starts_with(k.row_key, 'unavailable_') then 'unavailable'
            when starts_with(k.row_key, 'not_processed_') then 'not_processed'
            when k.row_key = 'other' or starts_with(k.row_key, 'other_') then 'other'
            else k.row_key
        end as outcome,
        if(count(*) = count(c.value), sum(c.value), null) as value
    from base.cell c
    join base.cell_key k using (cell_no)
    where c.report_no between $first and $last and k.table_no = 3 and k.column_key = 'total'
    group by c.report_no, outcome
)
select m.cohort_no, p.outcome, sum(p.value), count(p.value), count(*)
from per_report p
join member m using (report_no)
group by m.cohort_no, p.outcome;
