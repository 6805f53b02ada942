-- one row per metric of the dictionary
select * from metric order by position
