"""The statistical annex of the years before the statutory form: a number a row, in places also a running total."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from etl.form import Form, FormTable, forms
from etl.report import Finding, ReportCell, State
from etl.tables.cells import RowRead, table_findings
from etl.tables.digits import NO_SUMS
from etl.tables.landmarks import common
from etl.tables.regions import Place
from etl.tables.stream import Stream
from etl.tables.table_rows import read_rows

LEAST_ROWS = 3
"""Fewer labels with values are prose that mentions them, no annex."""


def annex_form() -> Form | None:
    """The version that has an annex in place of the tables, if there is one."""
    return next((form for form in forms().values() if form.tables[0].table_no == 1), None)


def read_annex(stream: Stream) -> tuple[Form, tuple[ReportCell, ...], tuple[Finding, ...]] | None:
    """The printed cells of the annex; None where the document has none. Rows that are not printed are left out."""
    form = annex_form()
    place = _place(stream.compact)
    if form is None or place is None:
        return None
    table = _as_printed(form.tables[0], _has_totals(form.tables[0], stream.compact[place.start : place.end]))
    rows = [row for row in read_rows(stream, place, table, NO_SUMS) if not _missing(row)]
    if sum(1 for row in rows if row.whole and not row.bare) < LEAST_ROWS:
        return None
    cells = tuple(cell for row in rows for cell in row.cells)
    findings = [finding for row in rows for finding in row.findings]
    return form, cells, (*findings, *table_findings(table, cells))


def _place(compact: str) -> Place | None:
    starts = [found.start() for word in common()["annex"] for found in re.finditer(word, compact)]
    return Place(starts[-1] if len(starts) == 1 else min(starts), len(compact)) if starts else None


def _has_totals(table: FormTable, region: str) -> bool:
    return any(name in region for column in table.rows[0].columns[1:] for name in (column.label, *column.aliases))


@cache
def _as_printed(table: FormTable, has_totals: bool) -> FormTable:
    """The table with the running total's column only where its head prints it."""
    if has_totals:
        return table
    return replace(table, rows=tuple(replace(row, columns=row.columns[:1]) for row in table.rows))


def _missing(row: RowRead) -> bool:
    return all(cell.state is State.MISSING for cell in row.cells)
