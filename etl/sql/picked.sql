-- one row per report that the filters leave, for the pages and the export
create temp view picked as
select * from filtered;
