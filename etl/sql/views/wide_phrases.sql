-- one row per phrase of the problem statements and wide cohort: reports and statements that hold it
create view wide_phrases as
select phrase, wide_no, reports, statements
from base.wide_phrase;
