"""The sums of a form written out: one equation for every column or row that a sum is stated over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from etl.form import FormTable, Sum, forms

Values = Mapping[str, float | None]
"""Value by `table/row/column`; None or absent where no number was read."""

_EXACT = 6
"""Decimals to which two sums must agree."""


@dataclass(frozen=True, slots=True)
class Equation:
    """Left = right in one `line`: a column of a sum over rows, a row of a sum over columns. Sides hold cell keys."""

    rule: str
    over: str
    line: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell of both sides."""
        return self.left + self.right

    def excess(self, values: Values) -> float | None:
        """Left minus right; None when an operand is no number, which is never taken for 0."""
        left, right = total(self.left, values), total(self.right, values)
        return None if left is None or right is None else round(left - right, _EXACT)


def total(keys: tuple[str, ...], values: Values) -> float | None:
    """The sum of some cells; None unless each is a number."""
    found = [values.get(key) for key in keys]
    return None if None in found else sum(value for value in found if value is not None)


@cache
def equations(version: str) -> tuple[Equation, ...]:
    """Every equation of a version of the form, in the order of its tables; KeyError for an unknown version."""
    return tuple(
        equation for table in forms()[version].tables for one in table.sums for equation in _written_out(table, one)
    )


def _written_out(table: FormTable, one: Sum) -> Iterator[Equation]:
    by_rows = one.over == "rows"
    lines = [column.key for column in table.rows[0].columns] if by_rows else [row.key for row in table.rows]
    pattern = "{table}/{part}/{line}" if by_rows else "{table}/{line}/{part}"
    for line in lines:
        left, right = (
            tuple(pattern.format(table=table.table_no, part=part, line=line) for part in side)
            for side in (one.left, one.right)
        )
        yield Equation(one.rule, one.over, line, left, right)
