-- one row per word of the problem statements and wide cohort: reports that use it, and how often they do
create view wide_terms as
select term, wide_no, reports, uses
from base.wide_term;
