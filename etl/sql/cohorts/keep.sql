-- one row per cohort and cell, and per cohort and outcome: all reports together
insert into base.cohort_cell
select cell_no, cohort_no, sum(value), sum(n), sum(reports)
from some_cells
group by cell_no, cohort_no
order by cell_no, cohort_no;

insert into base.cohort_outcome
select outcome, cohort_no, sum(value), sum(n), sum(reports)
from some_outcomes
group by outcome, cohort_no
order by outcome, cohort_no;

drop table some_cells;
drop table some_outcomes;
drop table pair;
drop table member;
