"""Names of places to divisions."""
