-- one row per cell taken in; its number is left out where the printed text is that number
insert into base.cell_printed
select
    report_no, cell_no, if(try_cast(printed as double) is not distinct from value, null, value), state, printed, place
from incoming_cell;
