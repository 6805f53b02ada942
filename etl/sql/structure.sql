-- one row: what tells the tables of one version from those of another
select structure from base.build
