"""The stages that fill base.metric_value: what is made of cells first, then of such metrics, last of reuse."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from etl.paths import SQL
from etl.warehouse.metrics import Metric, metrics

VALUES_AT_ONCE = 1_000_000
"""So many values are sorted by one statement, which bounds its memory; a small load needs only one."""
_OF_REUSE = ("text_similarity_last_year", "boilerplate")


def start_metrics(connection: duckdb.DuckDBPyConnection, reports: int) -> None:
    """Every metric of at most so many reports but those of text reuse; needs base.sums."""
    connection.execute(_sql("start"))
    numbered = _numbered()
    for some in _parts([number for number, metric in numbered.items() if metric.operands], reports):
        sums = {part: ", ".join(numbered[number].sum(part) for number in some) for part in ("numerator", "denominator")}
        connection.execute(_sql("of_cells").format(**sums), {"positions": some})
    connection.execute(_sql("differences"))
    for metric in metrics():
        if metric.source and metric.source not in _OF_REUSE:
            connection.execute(_sql(metric.source))


def finish_metrics(connection: duckdb.DuckDBPyConnection, reports: int) -> None:
    """The metrics of text reuse, after `start_metrics`; needs base.text_reuse. base.metric_value is whole then."""
    for source in _OF_REUSE:
        connection.execute(_sql(source))
    for some in _parts([number for number, metric in _numbered().items() if not metric.operands], reports):
        connection.execute(_sql("keep"), {"positions": some})
    connection.execute("drop view of_cells")
    connection.execute("drop table measured")


def _numbered() -> dict[int, Metric]:
    return dict(enumerate(metrics(), start=1))


def _parts(numbers: list[int], reports: int) -> Iterator[list[int]]:
    """The numbers of metrics, so many at a time as that many reports allow."""
    at_once = max(1, VALUES_AT_ONCE // max(1, reports))
    for first in range(0, len(numbers), at_once):
        yield numbers[first : first + at_once]


def _sql(name: str) -> str:
    return (SQL / "metrics" / f"{name}.sql").read_text(encoding="utf-8")
