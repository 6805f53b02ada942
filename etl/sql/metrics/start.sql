-- one row per counted report and metric, in the order in which the statements of this folder find them
create temp table measured (
    report_no uinteger not null, metric varchar not null, value double, numerator double, denominator double
);
