"""The stage that keeps base.text_reuse: only years whose reports have changed are compared anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from etl.paths import SQL
from etl.warehouse.columns import table
from etl.words.reuse import Prose, Reuse, Year, against_last_year, within_year
from etl.words.similarity import NARRATIVE_SECTIONS

_ROWS = pa.schema(
    [("report_id", pa.string()), ("other_id", pa.string()), ("year", pa.int16()), ("kind", pa.string())]
    + [("similarity", pa.float64()), ("only_year", pa.bool_())]
)


@contextmanager
def reuse_beside(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Have `store_reuse` done by another thread while the block runs; it is done when the block has been left."""
    with connection.cursor() as own, ThreadPoolExecutor(1) as beside:
        own.execute("use warehouse")
        stored = beside.submit(store_reuse, own)
        yield
        stored.result()


def store_reuse(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring base.text_reuse up to date with base.fact; base.reuse_year says what it was made of."""
    connection.execute(_sql("stale"))
    before: dict[int, Year] = {}
    for (year,) in connection.execute(_sql("stale_years")).fetchall():
        if year - 1 not in before:
            before = {year - 1: _reports(connection, year - 1)}
        now = _reports(connection, year)
        _append(connection, year, against_last_year(now, before.pop(year - 1)))
        _append(connection, year, within_year(now))
        before = {year: now}


def _reports(connection: duckdb.DuckDBPyConnection, year: int) -> Year:
    values = {"year": year, "sections": list(NARRATIVE_SECTIONS)}
    return Year(Prose(*row) for row in connection.execute(_sql("narratives"), values).fetchall())


def _append(connection: duckdb.DuckDBPyConnection, year: int, rows: Iterable[Reuse]) -> None:
    cells = [(row.report, row.other, year, row.kind, row.similarity, row.only_year) for row in rows]
    connection.from_arrow(table(cells, _ROWS)).insert_into("base.text_reuse")


def _sql(name: str) -> str:
    return (SQL / "reuse" / f"{name}.sql").read_text(encoding="utf-8")
