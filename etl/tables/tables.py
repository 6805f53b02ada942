"""The three statutory tables of a document as cells of the form, every doubt as a finding.

A row is known by its label, a value by the columns of its table; what lies between two labels belongs to the first.
Nothing is taken by counting numbers through the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.document import Document
from etl.form import UNKNOWN, Form, FormTable, forms
from etl.report import Finding, ReportCell, State
from etl.tables.annex import read_annex
from etl.tables.cells import (
    RowRead,
    doubted,
    parted_row,
    table_findings,
)
from etl.tables.digits import NO_SUMS
from etl.tables.heads import organisations_in_order
from etl.tables.joined import part_together
from etl.tables.regions import Place, Regions, locate, version_of_three, version_of_two
from etl.tables.results import read_results
from etl.tables.stream import Stream
from etl.tables.table_rows import read_rows
from etl.tables.whole_grid import read_whole_grids


@dataclass(frozen=True, slots=True)
class TablesRead:
    """`form` is the version (`unknown` without tables); `cells` every cell the form wants, if a table was found."""

    form: str
    cells: tuple[ReportCell, ...]
    findings: tuple[Finding, ...]


def read_tables(document: Document) -> TablesRead:
    """Every cell of the statutory form that the document prints, and every one that it should have printed."""
    stream = Stream(document)
    regions = locate(stream.compact)
    two = version_of_two(stream.compact, regions.two) if regions.two else None
    three = version_of_three(stream.compact, regions.three, two) if regions.three else None
    form = two or three or (next(iter(forms().values())) if regions.two or regions.result_head else None)
    if form is None:
        annex = read_annex(stream)
        return TablesRead(annex[0].version, annex[1], annex[2]) if annex else TablesRead(UNKNOWN, (), ())
    tables = [form.table(2), (three or form).table(3), form.table(4)]
    rows_of_three = _rows_of_three(stream, regions, tables[1])
    joined = any(row.parted for row in rows_of_three)
    rows_of_two = _rows_of_two(stream, regions, tables[0], rows_of_three, told=two is not None)
    results = read_results(stream, regions, tables[2], joined=joined)
    return _gather(form, tables, (rows_of_two, rows_of_three, results))


def _rows(
    stream: Stream, place: Place | None, table: FormTable, group: int, others: Sequence[RowRead] = ()
) -> list[RowRead]:
    """The rows of a table, the quick way where its print allows it."""
    quick = read_whole_grids(stream, place, table) if place else None
    return quick or read_rows(stream, place, table, group, others=others)


def _rows_of_two(
    stream: Stream, regions: Regions, table: FormTable, three: Sequence[RowRead], *, told: bool
) -> list[RowRead]:
    """Table 2. `three`: the rows of table 3. `told`: whether its version is."""
    rows = _rows(stream, regions.two, table, NO_SUMS, three)
    if told:
        return rows
    return [doubted(row, "the version of the form cannot be told") if _has_numbers(row) else row for row in rows]


def _rows_of_three(stream: Stream, regions: Regions, table: FormTable) -> list[RowRead]:
    rows = _rows(stream, regions.three, table, len(table.rows[0].columns))
    if regions.three is None:
        return rows
    if not organisations_in_order(stream, regions.three.start, regions.three.end, table):
        return [doubted(row, "the head names the applicants in another order") if row.whole else row for row in rows]
    rows = _parted_together(rows, table)
    if any(row.parted for row in rows) and not _columns_close(rows, table):
        return [doubted(row, "parted digits contradict the sums over rows") if row.parted else row for row in rows]
    return rows


def _parted_together(rows: Sequence[RowRead], table: FormTable) -> list[RowRead]:
    """Rows of joined digits that only all sums together can part."""
    open_rows = {row.row_key: row.ways for row in rows if row.ways}
    if not open_rows:
        return list(rows)
    known = {row.row_key: numbers for row in rows if (numbers := row.counts) is not None}
    found = part_together(known, open_rows, table.sums)
    form_rows = {row.key: row for row in table.rows}
    return [
        parted_row(table.table_no, form_rows[row.row_key], found[row.row_key], row) if row.row_key in found else row
        for row in rows
    ]


def _has_numbers(row: RowRead) -> bool:
    return any(cell.state is State.NUMBER for cell in row.cells)


def _columns_close(rows: Sequence[RowRead], table: FormTable) -> bool:
    """Whether the sums over rows hold in every column in which all their cells are numbers."""
    values = {(row.row_key, cell.at.column_key): cell.value for row in rows for cell in row.cells}
    for total in (total for total in table.sums if total.over == "rows"):
        for column in table.rows[0].columns:
            left = [values.get((key, column.key)) for key in total.left]
            right = [values.get((key, column.key)) for key in total.right]
            if None not in left and None not in right and sum(filter(None, left)) != sum(filter(None, right)):
                return False
    return True


def _gather(form: Form, tables: Sequence[FormTable], rows: Sequence[Sequence[RowRead]]) -> TablesRead:
    """What the rows of each table say, which are in the form's order."""
    cells: list[ReportCell] = []
    findings: list[Finding] = []
    for table, of_table in zip(tables, rows, strict=True):
        first = len(cells)
        for row in of_table:
            cells += row.cells
            findings += row.findings
        findings += table_findings(table, cells[first:])
    return TablesRead(form.version, tuple(cells), tuple(findings))
