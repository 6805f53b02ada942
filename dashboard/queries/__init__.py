"""Questions to the warehouse; `door` is the only way to it."""
