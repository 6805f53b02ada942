-- one row per report, and its parts, of the old build (attached as old) whose file this load did not read again
insert into base.source
select s.* from old.base.source s anti join incoming_source i using (path);

insert into held
select path, report_id, counted, false from old.base.fact;

-- A file that could not be opened keeps what was read of it before.
create temp table kept as
select f.report_no
from old.base.fact f
anti join (select path from incoming_source where outcome = 'read' or reason not in ('not_found', 'not_readable')) using (path);

insert into incoming_fact by name
select f.* exclude (counted, errors, warnings, sums_in_form, sums_assessed, arithmetic_errors, agency_no) from old.base.fact f semi join kept k using (report_no);

insert into base.cell_printed select c.* from old.base.cell_printed c semi join kept k using (report_no);
insert into base.section select s.* from old.base.section s semi join kept k using (report_no);
insert into base.problem select p.* from old.base.problem p semi join kept k using (report_no);
insert into base.remedy select r.* from old.base.remedy r semi join kept k using (report_no);
insert into base.problem_theme select t.* from old.base.problem_theme t semi join kept k using (report_no);
insert into base.remedy_theme select t.* from old.base.remedy_theme t semi join kept k using (report_no);
insert into base.phrase select p.* from old.base.phrase p semi join kept k using (report_no);
insert into base.term select t.* from old.base.term t semi join kept k using (report_no);
insert into base.text_reuse from old.base.text_reuse;
insert into base.reuse_year from old.base.reuse_year;
insert into base.finding select d.* from old.base.finding d semi join kept k using (report_no);
