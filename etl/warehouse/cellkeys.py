"""Numbers for the cells of every form, so that tables can name a cell by two bytes and a fact by one column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from etl.form import forms
from etl.report import FormCell


@cache
def cell_numbers() -> Mapping[FormCell, int]:
    """Every cell that any form wants, numbered from 0, newest form first."""
    numbers: dict[FormCell, int] = {}
    for form in forms().values():
        for cell in form.cells():
            numbers.setdefault(cell, len(numbers))
    return numbers


def fact_column(cell: FormCell) -> str:
    """The cell's column in the wide table, e.g. `c3_received_total`."""
    return f"c{cell.table_no}_{cell.row_key}_{cell.column_key}"


def matching(pattern: str) -> list[int]:
    """Numbers of the cells whose `table/row/column` key fits, `*` standing for anything within a part.

    KeyError when none fits: a dictionary that names a cell no form has is wrong.
    """
    if "*" not in pattern:
        return [_by_key()[pattern]]
    found = [number for cell, number in cell_numbers().items() if _fits(cell, pattern.split("/"))]
    if not found:
        raise KeyError(pattern)
    return found


@cache
def _by_key() -> Mapping[str, int]:
    return {cell.key: number for cell, number in cell_numbers().items()}


def _fits(cell: FormCell, pattern: list[str]) -> bool:
    parts = (str(cell.table_no), cell.row_key, cell.column_key)
    return all(
        part.startswith(want[:-1]) if want.endswith("*") else part == want
        for part, want in zip(parts, pattern, strict=True)
    )
