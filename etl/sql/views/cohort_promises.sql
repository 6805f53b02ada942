-- one row per theme and cohort: reports whose agency promised last year to mend it, and those of them that name it again
create view cohort_promises as
select h.key as theme, p.cohort_no, p.promised, p.again
from base.cohort_promise p
join base.theme h on h.position = p.theme_no;
