-- one row: which build is shown and what it holds
select * from build
