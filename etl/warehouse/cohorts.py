"""The stage that adds up reports of one kind, place, year and form: what the pages ask of the whole country.

A sum over cohorts is the sum over their reports; numbers that are not known are left out of both, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from etl.paths import SQL
from etl.warehouse.metrics import metrics

_STEP = 50_000
VALUES_AT_ONCE = 1_000_000
"""So many values of metrics are added up by one statement, which bounds its memory; a small load needs only one."""
_PAIRED_WORDS = 100
"""More than the page draws: the commonest words of one province are not quite those of all."""


def store_cohorts(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables of schema_cohorts.sql and schema_problems.sql; needs base.metric_value and base.fact."""
    for name in ("cohorts", "agencies"):
        connection.execute(_sql(name))
    [(last,)] = connection.execute(_sql("last")).fetchall()
    reports = 0 if last is None else last + 1
    for name in ("metrics", "pairs"):
        for some in _steps(1, len(metrics()) + 1, max(1, VALUES_AT_ONCE // max(1, reports))):
            connection.execute(_sql(name), some)
    for name in ("some_cells", "some_outcomes"):
        for some in _steps(0, reports, _STEP):
            connection.execute(_sql(name), some)
    for name in ("problems", "runs", "words"):
        connection.execute(_sql(name))
    connection.execute(_sql("pairs_of_words"), {"most": _PAIRED_WORDS})
    connection.execute(_sql("keep"))


def _steps(start: int, stop: int, step: int) -> Iterator[dict[str, int]]:
    """The numbers from start to before stop in steps, each by its first and last number."""
    for first in range(start, stop, step):
        yield {"first": first, "last": min(first + step, stop) - 1}


def _sql(name: str) -> str:
    return (SQL / "cohorts" / f"{name}.sql").read_text(encoding="utf-8")
