"""The stage that adds up reports of one kind, place, year and form: what the pages ask of the whole country.

A sum over cohorts is the sum over their reports; numbers that are not known are left out of both, and counted.
"""

from __future__ import annotations

import duckdb

from etl.paths import SQL
from etl.warehouse.metrics import metrics

_STEP = 50_000
_MEDIAN = "duration"
_PAIRED = ("count", "ratio")


def store_cohorts(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill base.cohort and the sums of its metrics, cells and outcomes; needs base.metric_value and base.fact."""
    for name in ("cohorts", "agencies"):
        connection.execute(_sql(name))
    for position, metric in enumerate(metrics(), start=1):
        if metric.kind != _MEDIAN:
            connection.execute(_sql("metrics"), {"position": position})
        if metric.kind in _PAIRED:
            connection.execute(_sql("pairs"), {"position": position})
    [(last,)] = connection.execute(_sql("last")).fetchall()
    for first in range(0, 0 if last is None else last + 1, _STEP):
        step = {"first": first, "last": first + _STEP - 1}
        for name in ("some_cells", "some_outcomes"):
            connection.execute(_sql(name), step)
    connection.execute(_sql("keep"))


def _sql(name: str) -> str:
    return (SQL / "cohorts" / f"{name}.sql").read_text(encoding="utf-8")
