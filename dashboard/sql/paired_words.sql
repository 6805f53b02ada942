-- one row per word of which the warehouse holds how many reports use it together with another
select one as term from wide_pairs
union
select other from wide_pairs
