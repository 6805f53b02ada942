-- one row per metric of the dictionary; a column is named so that a warehouse of a version without it is known at once
select * exclude (is_signed), is_signed from metric order by position
