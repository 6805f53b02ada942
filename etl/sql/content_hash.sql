-- one row: a number that two warehouses share when their views hold the same, whatever the order and time of loading
select
    (select bit_xor(hash(r)) from (select * exclude (report_no, agency_no) from reports) r),
    (select bit_xor(hash(c)) from (select * exclude (report_no) from cells) c),
    (select bit_xor(hash(m)) from (select * exclude (report_no) from metrics_long) m),
    (select bit_xor(hash(s)) from sections s),
    (select bit_xor(hash(p)) from problems p),
    (select bit_xor(hash(p)) from remedies p),
    (select bit_xor(hash(t)) from problem_themes t),
    (select bit_xor(hash(t)) from remedy_themes t),
    (select bit_xor(hash(t)) from terms t),
    (select bit_xor(hash(p)) from phrases p),
    (select bit_xor(hash(t)) from text_reuse t),
    (select bit_xor(hash(f)) from (select * exclude (report_no) from findings) f),
    (select bit_xor(hash(path, sha256, bytes, reason, report_id)) from sources),
    (select count(*) from cells), (select count(*) from findings), (select count(*) from sources)
