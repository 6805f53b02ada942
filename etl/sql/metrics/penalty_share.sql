-- one row per counted report: its penalties of those of all counted reports of the county and year whose number is known
insert into measured
with known as (
    select
        f.report_no, v.value as penalties,
        case when f.county_code is not null then sum(v.value) over (partition by f.county_code, f.year) end as of_county
    from base.fact f
    join of_cells v on v.report_no = f.report_no and v.metric = 'penalties'
    where f.counted
)
select report_no, 'penalty_share', penalties / nullif(of_county, 0), penalties, of_county
from known;
