-- one row per year whose text_reuse must be made anew: its reports, or those of the year before, are not what it was made of
create temp table fresh_year as
select f.year, bit_xor(hash(f.report_id, f.source_sha256, b.parser_version)) as digest
from base.fact f
cross join base.build b
where f.counted
group by f.year;

create temp table stale_year as
with changed as (
    select year
    from fresh_year f
    full join base.reuse_year o using (year)
    where f.digest is distinct from o.digest
)
select year from changed
union
select year + 1 from changed;

delete from base.text_reuse where year in (select year from stale_year);
delete from base.reuse_year;
insert into base.reuse_year select year, digest from fresh_year;
