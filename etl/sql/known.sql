-- one row per file ever offered: what tells whether it has changed, and what became of it
select path, sha256, bytes, modified_ns, outcome, reason, detail, report_id, parser_version
from base.source
