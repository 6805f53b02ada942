"""The DuckDB warehouse: the one writer, its folder, its dictionaries, what goes out of it."""
