"""The stage that fills base.metric_value: what is made of cells first, then what is made of such metrics."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from etl.paths import SQL
from etl.warehouse.metrics import metrics

VALUES_AT_ONCE = 1_000_000
"""So many values are sorted by one statement, which bounds its memory; a small load needs only one."""


def store_metrics(connection: duckdb.DuckDBPyConnection, reports: int) -> None:
    """Every metric of at most so many reports; needs base.text_reuse and base.sums."""
    connection.execute(_sql("start"))
    numbered = dict(enumerate(metrics(), start=1))
    at_once = max(1, VALUES_AT_ONCE // max(1, reports))
    for some in _parts([number for number, metric in numbered.items() if metric.operands], at_once):
        sums = {part: ", ".join(numbered[number].sum(part) for number in some) for part in ("numerator", "denominator")}
        connection.execute(_sql("of_cells").format(**sums), {"positions": some})
    connection.execute(_sql("differences"))
    for metric in metrics():
        if metric.source:
            connection.execute(_sql(metric.source))
    for some in _parts([number for number, metric in numbered.items() if not metric.operands], at_once):
        connection.execute(_sql("keep"), {"positions": some})
    connection.execute("drop view of_cells")
    connection.execute("drop table measured")


def _parts(numbers: list[int], at_once: int) -> Iterator[list[int]]:
    for first in range(0, len(numbers), at_once):
        yield numbers[first : first + at_once]


def _sql(name: str) -> str:
    return (SQL / "metrics" / f"{name}.sql").read_text(encoding="utf-8")
