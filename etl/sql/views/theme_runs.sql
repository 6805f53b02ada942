-- one row per run of years in which an agency (row_no of agencies) names a theme; of those that are not settled one row per year
create view theme_runs as
select r.sound, h.key as theme, r.row_no, r.first_year, r.last_year, r.settled
from base.theme_run r
join base.theme h on h.position = r.theme_no;
