"""Slots with their columns to cells of the report, and what is to be said about them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from etl.form import FormTable, Row
from etl.report import Finding, FormCell, ReportCell, Severity, State
from etl.tables.assign import joined_row
from etl.tables.runs import Run
from etl.tables.stream import Slot
from etl.tables.values import Reader, reader


class RowRead(Struct, frozen=True, gc=False):
    """One reading of a row: its cells, the findings on them, and whether every value was told (`whole`).

    `parted`: the sums told joined digits apart. `ways`: the ways to part them, where the row alone cannot tell.
    """

    table_no: int
    row_key: str
    cells: tuple[ReportCell, ...]
    findings: tuple[Finding, ...]
    whole: bool
    parted: bool = False
    ways: tuple[tuple[int, ...], ...] = ()

    @property
    def counts(self) -> tuple[int, ...] | None:
        """The row's numbers, None unless every cell is a whole number."""
        values = [cell.value for cell in self.cells if cell.value is not None]
        return tuple(map(int, values)) if len(values) == len(self.cells) else None

    @property
    def printed(self) -> tuple[str, ...]:
        """The cells' texts, to compare two readings by."""
        return tuple(cell.printed for cell in self.cells)

    @property
    def has_blank(self) -> bool:
        """A cell of the row is blank."""
        return any(cell.state is State.BLANK for cell in self.cells)

    @property
    def bare(self) -> bool:
        """Nothing at all stands after the label."""
        return all(cell.state is State.BLANK for cell in self.cells)


def slot_cells(table_no: int, row: Row, slots: Sequence[Slot], *, parted: bool = False) -> RowRead:
    """The cells of a row whose slots are told."""
    return row_cells(table_no, row, [slot.text for slot in slots], [slot.place for slot in slots], parted=parted)


def row_cells(table_no: int, row: Row, texts: Sequence[str], places: Sequence[str], *, parted: bool = False) -> RowRead:
    """The cells of a row whose values are told; a text that is no number becomes an unreadable cell and a finding."""
    cells: list[ReportCell] = []
    findings: list[Finding] = []
    for (at, unit, read), text, place in zip(_wanted(table_no, row), texts, places, strict=True):
        number, state, doubt = read(text)
        cells.append(ReportCell(at, number, state, text, place))
        if doubt:
            findings.append(_doubt(cells[-1], unit, doubt))
    if parted:
        findings.append(_parted(cells))
    return RowRead(table_no, row.key, tuple(cells), tuple(findings), whole=True, parted=parted)


@cache
def _wanted(table_no: int, row: Row) -> tuple[tuple[FormCell, str, Reader], ...]:
    """Each cell that the form prints in a row, its unit, and what reads its text."""
    return tuple((at, column.unit, reader(column)) for at, column in zip(row.cells(table_no), row.columns, strict=True))


def _doubt(cell: ReportCell, unit: str, rule: str) -> Finding:
    severity = Severity.ERROR if rule == "V1" else Severity.WARNING
    message = {
        "V1": f"{cell.printed} is no count",
        "V2": f"{cell.printed} is no number",
        "V4": f"{cell.printed} has another unit than {unit}",
    }[rule]
    return Finding(rule, severity, message, cell.place, cells=(cell.at.key,))


def _parted(cells: Sequence[ReportCell]) -> Finding:
    numbers = " ".join(cell.printed for cell in cells)
    keys = tuple(cell.at.key for cell in cells)
    return Finding("V4", Severity.INFO, f"joined digits parted by their sum: {numbers}", cells[0].place, cells=keys)


def parted_row(table_no: int, row: Row, numbers: Sequence[int], before: RowRead) -> RowRead:
    """A row of joined digits that the sums over rows have parted."""
    return row_cells(table_no, row, list(map(str, numbers)), [cell.place for cell in before.cells], parted=True)


def unreadable_row(table_no: int, row: Row, run: Run, place: str, ways: tuple[tuple[int, ...], ...] = ()) -> RowRead:
    """A row whose values cannot be told: every cell unreadable, the printed run kept in each.

    Digits that run together are no number (V2); fewer values than the form wants are an error (S3).
    """
    printed = " ".join(slot.text for slot in run.filled)
    where = run.filled[0].place if run.filled else place
    keys = row.cells(table_no)
    cells = tuple(ReportCell(key, None, State.UNREADABLE, printed, where) for key in keys)
    message = f"{len(run.filled)} values for {len(row.columns)} columns: {printed}"
    lacks = table_no > 2 and not joined_row(run, len(row.columns))  # noqa: PLR2004 - rule S3 is on tables 3 and 4
    rule, severity = ("S3", Severity.ERROR) if lacks else ("V2", Severity.WARNING)
    finding = Finding(rule, severity, message, where, cells=tuple(key.key for key in keys))
    return RowRead(table_no, row.key, cells, (finding,), whole=False, ways=ways)


def conflict(readings: Sequence[RowRead]) -> RowRead:
    """A label printed twice with different values: nobody can tell which counts."""
    first = readings[0]
    printed = " / ".join(" ".join(reading.printed) for reading in readings)
    cells = tuple(ReportCell(cell.at, None, State.UNREADABLE, printed, cell.place) for cell in first.cells)
    keys = tuple(cell.at.key for cell in cells)
    finding = Finding("S4", Severity.ERROR, f"row printed twice: {printed}", cells[0].place, cells=keys)
    return RowRead(first.table_no, first.row_key, cells, (finding,), whole=False)


def doubted(reading: RowRead, why: str, rule: str = "V2") -> RowRead:
    """The same row with its numbers withdrawn."""
    cells = tuple(
        ReportCell(cell.at, None, State.UNREADABLE, cell.printed, cell.place) if cell.state is State.NUMBER else cell
        for cell in reading.cells
    )
    keys = tuple(cell.at.key for cell in cells)
    finding = Finding(rule, Severity.WARNING, why, cells[0].place, cells=keys)
    return RowRead(reading.table_no, reading.row_key, cells, (*reading.findings, finding), whole=False)


def misprinted(reading: RowRead, label: str, row: Row) -> RowRead:
    """The same row with a word on its label, which was told by its place and likeness."""
    keys = tuple(cell.at.key for cell in reading.cells)
    finding = Finding("S4", Severity.INFO, f"label {label} read as {row.name}", reading.cells[0].place, cells=keys)
    return replace(reading, findings=(*reading.findings, finding))


def missing_row(table_no: int, row: Row) -> RowRead:
    """A row that the form wants and the document lacks."""
    cells = tuple(ReportCell(key, None, State.MISSING, "", "") for key in row.cells(table_no))
    return RowRead(table_no, row.key, cells, (), whole=False)


def _is_plain(printed: str) -> bool:
    return printed.replace(".", "", 1).isdecimal()


def table_findings(table: FormTable, cells: Sequence[ReportCell]) -> list[Finding]:
    """What is said once a table: cells not found (S5), blanks (V3), separators and units normalised (V4)."""
    found: list[Finding] = []
    odd = [cell for cell in cells if not cell.printed.isdecimal()]
    if not odd:
        return found
    normalised = [cell for cell in odd if cell.state is State.NUMBER and not _is_plain(cell.printed)]
    for rule, severity, chosen, what in (
        ("S5", Severity.ERROR, [cell for cell in odd if cell.state is State.MISSING], "not found"),
        ("V3", Severity.WARNING, [cell for cell in odd if cell.state is State.BLANK], "blank"),
        ("V4", Severity.INFO, normalised, "normalised"),
    ):
        if chosen:
            keys = tuple(cell.at.key for cell in chosen)
            message = f"table {table.table_no}: {len(chosen)} cells {what}"
            found.append(Finding(rule, severity, message, chosen[0].place, cells=keys))
    return found
