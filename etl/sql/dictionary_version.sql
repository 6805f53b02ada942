-- one row: the version of the dictionaries that the warehouse was built with
select dictionary_version from base.build
