-- one row per file ever offered, with what became of it
create view sources as
select path, sha256, bytes, outcome, reason, report_id, loaded_at, shown_path, detail, parser_version
from base.source;
