-- one row per watched count (table moves) that is 30 or more in a report or in its agency's last one, with both values
create or replace temp table counted as
select c.report_no, c.cell_no, c.value
from base.cell c
semi join watched w using (cell_no)
where c.value is not null and c.cell_no % getvariable('pass').passes = getvariable('pass').number;

insert into moves
with asked as (
    select s.report_no, s.last_no, c.cell_no from series s join counted c using (report_no)
    where s.last_no is not null and c.value >= 30
    union
    select s.report_no, s.last_no, c.cell_no from series s join counted c on c.report_no = s.last_no
    where c.value >= 30
)
select a.report_no, k.key, here.value as here, there.value as there, f.year as last_year
from asked a
join counted here on here.report_no = a.report_no and here.cell_no = a.cell_no
join counted there on there.report_no = a.last_no and there.cell_no = a.cell_no
join base.fact f on f.report_no = a.last_no
join base.cell_key k on k.cell_no = a.cell_no
where here.value <> there.value;
