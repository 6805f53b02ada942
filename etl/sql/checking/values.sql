-- one row per counted report of a form, some reports at a time: its figures, a column per cell of any form
select report_no, columns('^c[0-9]_.*')
from base.fact
where counted and form = $form and report_no between $first and $last
