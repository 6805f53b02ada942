-- one row per pair of words, of those that most reports use, and wide cohort: reports that use both
create view wide_pairs as
select one, other, wide_no, reports
from base.wide_pair;
