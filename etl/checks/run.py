"""The stage that checks a whole warehouse: every rule that needs more than one report's words.

A check is a file of `sql/checks` that selects the reports which break its rule; sums come from the form's data. What
is found goes to base.checked, made anew by every load.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.checks.arithmetic import broken
from etl.checks.equations import Equation, equations
from etl.form import forms
from etl.paths import SQL
from etl.report import Finding
from etl.warehouse.cellkeys import cell_numbers, fact_column
from etl.warehouse.columns import numbers, table
from etl.warehouse.rows import Figures

_STEP = 20_000
_UNKNOWN = np.iinfo(np.int64).min
REPORTS_A_PASS = 150_000
"""Reports whose cells are compared with last year's and with their peers' in one pass: a gigabyte holds no more."""
_FOUND = pa.schema(
    [("report_no", pa.uint32())]
    + [(name, pa.string()) for name in ("rule", "severity", "message")]
    + [("cells", pa.list_(pa.string())), ("cause", pa.string())]
)
_SUMS = pa.schema([("report_no", pa.uint32())] + [(name, pa.uint16()) for name in ("in_form", "assessed", "broken")])
_ASKED = pa.schema([("report_no", pa.uint32()), ("cell_no", pa.uint16())])


def prepare_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill base.sums, and the temporary tables that `run_checks` goes on from; needs base.fact."""
    connection.execute(_sql("checking", "prepare"))
    for version in forms():
        if equations(version):
            _add_up(connection, version)
    _compare(connection)


def run_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill base.checked, and what base.fact counts of it and of base.sums; needs `prepare_checks`, base.text_reuse."""
    for path in sorted((SQL / "checks").glob("*.sql")):
        connection.sql(path.read_text(encoding="utf-8")).project("*, '' as cause").insert_into("found")
    connection.execute(_sql("checking", "keep"))
    connection.execute(_sql("checking", "store"))


def _sql(folder: str, name: str) -> str:
    return (SQL / folder / f"{name}.sql").read_text(encoding="utf-8")


def _compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables moves and peers: every cell of many reports at once, or some cells after the other."""
    passes = 1 + _reports(connection) // REPORTS_A_PASS
    for number in range(passes):
        connection.execute(_sql("checking", "pass"), {"pass": {"passes": passes, "number": number}})
        for name in ("moves", "peers"):
            connection.execute(_sql("checking", name))


def _reports(connection: duckdb.DuckDBPyConnection) -> int:
    """One more than the highest number of a report."""
    [(last,)] = connection.execute(_sql("checking", "last")).fetchall()
    return 0 if last is None else int(last) + 1


def _add_up(connection: duckdb.DuckDBPyConnection, version: str) -> None:
    """Rules A1 to A4 on every report of a form, some at a time."""
    for first in range(0, _reports(connection), _STEP):
        step = {"form": version, "first": first, "last": first + _STEP - 1}
        values = connection.execute(_sql("checking", "values"), step).fetchnumpy()
        if len(values["report_no"]):
            _add_up_some(connection, equations(version), _Some(values))


class _Some:
    """The figures of some reports, by report number and cell."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.reports: NDArray[np.uint32] = values["report_no"]
        self._values = values
        self._rows: dict[str, Figures] = {}
        self._columns = {at.key: fact_column(at) for at in cell_numbers()}

    def row(self, key: str) -> Figures:
        """The values of one cell in every report."""
        if key not in self._rows:
            self._rows[key] = np.ma.filled(self._values[self._columns[key]], np.nan)
        return self._rows[key]

    def values(self, index: int, keys: Sequence[str]) -> dict[str, float | None]:
        """The values of some cells in one report."""
        found = ((key, float(self.row(key)[index])) for key in keys)
        return {key: None if np.isnan(value) else value for key, value in found}


def _add_up_some(connection: duckdb.DuckDBPyConnection, wanted: Sequence[Equation], some: _Some) -> None:
    excess = np.stack([_excess(equation, some) for equation in wanted])
    known, failing = ~np.isnan(excess), np.nan_to_num(excess) != 0
    sums = [some.reports, np.full(len(some.reports), len(wanted)), known.sum(axis=0), failing.sum(axis=0)]
    arrays = [numbers(values.astype(str(field.type)), field.type) for values, field in zip(sums, _SUMS, strict=True)]
    _append(connection, "base.sums", pa.Table.from_arrays(arrays, schema=_SUMS))
    blanks = _blanks(connection, wanted, some, ~known)
    keys = list(dict.fromkeys(key for equation in wanted for key in equation.cells))
    rows = []
    doubtful = set(np.flatnonzero(failing.any(axis=0)).tolist()) | set(blanks)
    for index in sorted(doubtful):
        found = broken(wanted, some.values(index, keys), blanks.get(index, frozenset()))
        rows += [_row(int(some.reports[index]), finding) for finding in found]
    _append(connection, "found", table(rows, _FOUND))


def _excess(equation: Equation, some: _Some) -> Figures:
    """Left minus right in every report; NaN where an operand is no number."""
    left = np.sum([some.row(key) for key in equation.left], axis=0)
    right = np.sum([some.row(key) for key in equation.right], axis=0)
    excess: Figures = np.round(left - right, 6)
    return excess


def _row(report_no: int, finding: Finding) -> tuple[Any, ...]:
    return report_no, finding.rule, finding.severity.value, finding.message, list(finding.cells), finding.cause


def _blanks(
    connection: duckdb.DuckDBPyConnection, wanted: Sequence[Equation], some: _Some, unknown: NDArray[np.bool_]
) -> dict[int, set[str]]:
    """By index of the report, the cells printed blank without which an equation lacks something."""
    asked = sorted(set(_only_unknown(wanted, some, unknown)))
    if not asked:
        return {}
    connection.register("asked", table(asked, _ASKED))
    index_of = {int(report): index for index, report in enumerate(some.reports)}
    blanks: dict[int, set[str]] = {}
    for report, key in connection.execute(_sql("checking", "blanks")).fetchall():
        blanks.setdefault(index_of[report], set()).add(key)
    connection.unregister("asked")
    return blanks


def _only_unknown(wanted: Sequence[Equation], some: _Some, unknown: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Report and cell number of every cell without which an equation cannot be assessed and with 0 would not hold."""
    numbers = {at.key: number for at, number in cell_numbers().items()}
    for equation, open_reports in zip(wanted, unknown, strict=True):
        reports = np.flatnonzero(open_reports)
        if not len(reports):
            continue
        sides = [np.stack([some.row(key)[reports] for key in side]) for side in (equation.left, equation.right)]
        missing = np.isnan(np.concatenate(sides))
        lacks = np.nansum(sides[0], axis=0) != np.nansum(sides[1], axis=0)
        for column in np.flatnonzero((missing.sum(axis=0) == 1) & lacks):
            key = equation.cells[int(missing[:, column].argmax())]
            yield int(some.reports[reports[column]]), numbers[key]


def _append(connection: duckdb.DuckDBPyConnection, target: str, table: pa.Table) -> None:
    connection.from_arrow(table).insert_into(target)
