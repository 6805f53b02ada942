-- one row per word and wide cohort: statements without a theme that hold the word
create view wide_unthemed as
select term, wide_no, statements
from base.wide_unthemed;
