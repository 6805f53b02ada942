"""What a warehouse weighs, and what it would without texts: a copy is written without them, and its file is weighed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from bench.table import Row
from etl.paths import PROJECT
from etl.warehouse.store import current_file

SIZE = "Size of the warehouse"
TEXTS = ("printed", "place", "text", "heading", "message", "phrase")
"""Columns left out: what cells print and where, the prose of sections, statements and findings, and phrases."""
_LEAST = 10.0
_SQL = PROJECT / "bench" / "sql" / "columns.sql"


def sizes(folder: Path, reports: int) -> Iterator[Row]:
    """The file, the copy without texts, and the tables of the copy that take ten megabytes or more."""
    path = current_file(folder)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        parts = dict(_copied(path, Path(scratch) / "bare.duckdb"))
    told = f"{_megabytes(path):.0f} MB, {sum(parts.values()):.0f} MB without texts"
    large = ", ".join(f"{name} {size:.0f}" for name, size in parts.items() if size >= _LEAST)
    yield Row(SIZE, f"{reports:,} reports", told, f"a copy without the columns {', '.join(TEXTS)}; MB: {large}")


def _copied(path: Path, copy: Path) -> Iterator[tuple[str, float]]:
    """Each table, and by how many megabytes its copy makes the file larger."""
    with duckdb.connect(str(copy), config={"memory_limit": "3GB"}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("attach $path as whole (read_only)", {"path": str(path)})
        connection.execute("create schema base")
        weight = 0.0
        for table, columns in connection.execute(_SQL.read_text(encoding="utf-8"), {"texts": TEXTS}).fetchall():
            named = ", ".join(f'"{name}"' for name in columns)
            connection.execute(f"create table base.{table} as select {named} from whole.base.{table}")
            connection.execute("checkpoint")
            before, weight = weight, _megabytes(copy)
            yield table, weight - before


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6
