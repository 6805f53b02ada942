-- one row per year with reports whose text_reuse must be made anew
select year from stale_year semi join fresh_year using (year) order by year
