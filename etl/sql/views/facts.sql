-- one row per counted report, with a column per cell of any form: c<table>_<row>_<column>, null unless a number was read
create view facts as
select * exclude (report_no, counted, path, agency_no)
from base.fact
where counted;
