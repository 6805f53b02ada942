-- one row per file of an earlier load, not offered by this one, in whose place another one could count
with claimed as (
    select
        path, count(*) over (partition by agency_key, year) as of_agency,
        count(*) over (partition by source_sha256, agency, year) as copies
    from incoming_fact
)
select path
from claimed c
anti join incoming_source s using (path)
where of_agency > 1 or copies > 1
