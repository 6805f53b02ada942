"""Documents to the cells of the statutory form."""
