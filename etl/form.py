"""The statutory forms as value objects, loaded from `forms/*.yml`. The form is data; nothing here knows a label.

Each is loaded once and known by identity, so that it is cheap to remember things by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from etl.report import FormCell
from etl.yml import read_yml

FOLDER = Path(__file__).parent / "forms"


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of a row: `label` as printed by law, `aliases` as seen, `unit` of its numbers."""

    key: str
    label: str
    unit: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row: its full `label` with groups parted by `/`, and `match`, what suffices to know it by.

    With `needs_ordinal` the words alone are too common and count only after the row's ordinal or as a whole cell.
    """

    key: str
    label: str
    match: tuple[str, ...]
    columns: tuple[Column, ...]
    needs_ordinal: bool = False

    def cells(self, table_no: int) -> tuple[FormCell, ...]:
        """The row's cells in printed order."""
        return _cells_of(table_no, self)

    @property
    def name(self) -> str:
        """The last part of the label, what stands in the row itself."""
        return self.label.rsplit("/", 1)[-1]


@cache
def _cells_of(table_no: int, row: Row) -> tuple[FormCell, ...]:
    return tuple(FormCell(table_no, row.key, column.key) for column in row.columns)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that must hold: left = right, `over` rows (in each column) or `over` columns (in each row)."""

    rule: str
    over: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """One of the tables. `told_by` are words that only this version of the table prints; `beside` what may stand
    between a label and its values, such as a column of units."""

    table_no: int
    told_by: tuple[str, ...]
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]
    beside: tuple[str, ...] = ()

    @property
    def order(self) -> dict[str, int]:
        """The number of each row by its key, in printed order."""
        return _order_of(self)

    def cells(self) -> Iterator[FormCell]:
        """Every cell of the table in printed order."""
        for row in self.rows:
            yield from row.cells(self.table_no)


@cache
def _order_of(table: FormTable) -> dict[str, int]:
    return {row.key: number for number, row in enumerate(table.rows)}


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One version of the form, in force from `first_year` on."""

    version: str
    first_year: int
    tables: tuple[FormTable, ...]

    def table(self, table_no: int) -> FormTable:
        """The table of that number; KeyError when the version has none."""
        for table in self.tables:
            if table.table_no == table_no:
                return table
        raise KeyError(table_no)

    def cells(self) -> Iterator[FormCell]:
        """Every cell of the form in printed order."""
        for table in self.tables:
            yield from table.cells()


def _column(data: dict[str, Any], unit: str) -> Column:
    return Column(data["key"], data["label"], data.get("unit", unit), tuple(data.get("aliases", ())))


def _columns(row: dict[str, Any], unit: str) -> tuple[Column, ...]:
    return tuple(_column(column, unit) for column in row["columns"])


def _in_unit(columns: tuple[Column, ...], unit: str | None) -> tuple[Column, ...]:
    return columns if unit is None else tuple(replace(column, unit=unit) for column in columns)


def _table(data: dict[str, Any]) -> FormTable:
    unit = data.get("unit", "")
    shared = tuple(_column(column, unit) for column in data.get("columns", ()))
    rows = tuple(
        Row(
            key=row["key"],
            label=row["label"],
            match=tuple(row.get("match", ())),
            columns=_columns(row, unit) if "columns" in row else _in_unit(shared, row.get("unit")),
            needs_ordinal=row.get("needs_ordinal", False),
        )
        for row in data["rows"]
    )
    sums = tuple(Sum(s["rule"], s["over"], tuple(s["left"]), tuple(s["right"])) for s in data.get("sums", ()))
    return FormTable(data["table_no"], tuple(data["told_by"]), rows, sums, tuple(data.get("beside", ())))


def load_form(path: Path) -> Form:
    """The form of one file; KeyError when a required key is missing."""
    data = read_yml(path)
    return Form(data["version"], data["first_year"], tuple(_table(table) for table in data["tables"]))


UNKNOWN = "unknown"


def form_in(told: str, year: int | None) -> str:
    """The version that a report's tables tell; without tables the one of its year, where that had none to print."""
    if told != UNKNOWN or year is None:
        return told
    in_force = next((form for form in forms().values() if form.first_year <= year), None)
    has_tables = in_force is None or any(table.table_no > 1 for table in in_force.tables)
    return UNKNOWN if in_force is None or has_tables else in_force.version


@cache
def forms() -> dict[str, Form]:
    """Every version by its name, newest first."""
    loaded = [load_form(path) for path in sorted(FOLDER.glob("form_*.yml"))]
    return {form.version: form for form in sorted(loaded, key=lambda form: -form.first_year)}
