-- one row per warehouse file: which build it is and what it holds
create view build as
select
    b.build_id, b.created_at, b.parser_version,
    (select count(*) from base.fact where counted) as reports,
    (select count(*) from base.fact where counted and transcribed) as transcribed_reports
from base.build b;
