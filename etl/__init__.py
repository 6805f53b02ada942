"""Reads annual reports on government information disclosure into a DuckDB warehouse."""
