-- one row per file of this load with its outcome; files of earlier loads change theirs when another file stops counting
insert into base.source
select
    s.path, s.shown_path, s.sha256, s.bytes, s.modified_ns,
    case
        when s.outcome <> 'read' then s.outcome
        when r.counted and h.path is not null then 'replaced'
        when r.counted then 'loaded'
        when r.source_sha256 = c.source_sha256 then 'duplicate'
        else 'conflict'
    end,
    s.reason, s.detail,
    -- what was read of a file that cannot be opened now is still held
    coalesce(c.report_id, r.report_id, if(s.reason in ('not_found', 'not_readable'), h.report_id, null)),
    b.parser_version, b.created_at
from incoming_source s
cross join base.build b
left join ranked r on r.path = s.path and s.outcome = 'read'
left join rival on rival.report_no = r.report_no
left join ranked c on c.report_no = rival.counted_no
left join held h on h.path = s.path
order by s.path;

update base.source s
set outcome = if(r.source_sha256 = c.source_sha256, 'duplicate', 'conflict')
from ranked r
join rival on rival.report_no = r.report_no
join ranked c on c.report_no = rival.counted_no
where r.path = s.path and s.outcome in ('loaded', 'replaced', 'duplicate', 'conflict');

update base.source s
set outcome = 'loaded'
from ranked r
where r.path = s.path and r.counted and s.outcome in ('conflict', 'duplicate');
