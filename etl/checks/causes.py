"""Likely causes X2 to X5 of a row that does not add up: what the agency may have meant to print.

Each takes the row's equation and the report's values and returns the cells that would differ, or None when the cause
does not explain the row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from etl.checks.equations import Equation, Values, total

Repair = Mapping[str, float]
"""Value by cell key: what stands there if the cause is right."""

_PERSONS = 0


def split_digits(row: Equation, values: Values) -> Repair | None:
    """X2: the digits of two neighbouring cells are one number. In table 4, where no other sum could speak against it,
    a 0 is not taken for a digit: most cells there are 0."""
    if row.over != "columns":
        return None
    for first, second in pairwise(row.left):
        joined = _joined(values[first], values[second])
        if joined is not None and (values[second] or row.rule != "A4"):
            repair = {first: joined, second: 0.0}
            if row.excess({**values, **repair}) == 0:
                return repair
    return None


def _joined(first: float | None, second: float | None) -> float | None:
    """Two counts written after each other; None unless the first is above 0 and both are whole."""
    if not first or second is None or first != int(first) or second != int(second) or first < 0 or second < 0:
        return None
    return float(f"{int(first)}{int(second)}")


def shifted(row: Equation, values: Values) -> Repair | None:
    """X3: the row lost a 0 and moved one column to the left, so that its total stands under the last part."""
    if row.over != "columns" or len(row.right) != 1:
        return None
    end, last = row.right[0], row.left[-1]
    parts = total(row.left[:-1], values)
    if values[end] != 0 or not parts or parts != values[last]:
        return None
    return {last: 0.0, end: parts}


def organisations_left_out(row: Equation, values: Values) -> Repair | None:
    """X5: the total counts natural persons alone."""
    if row.rule != "A3":
        return None
    end = row.right[0]
    counted, parts = values[end], total(row.left, values)
    if not counted or parts is None or counted != values[row.left[_PERSONS]] or parts <= counted:
        return None
    return {end: parts}


ROW_CAUSES: tuple[tuple[str, Callable[[Equation, Values], Repair | None]], ...] = (
    ("X2", split_digits),
    ("X3", shifted),
    ("X5", organisations_left_out),
)
"""In the order in which they are tried."""


def blank_part(equation: Equation, values: Values) -> tuple[str, float] | None:
    """X4: the one part that is no number, and what it must be for the equation to hold; None unless that is above 0.

    The caller knows whether the part was printed blank. A total is no part, except where both sides have parts.
    """
    unknown = [key for key in equation.cells if values.get(key) is None]
    if len(unknown) != 1 or (unknown[0] in equation.right and len(equation.right) == 1):
        return None
    [key] = unknown
    excess = equation.excess({**values, key: 0.0})
    missing = -(excess or 0) if key in equation.left else (excess or 0)
    return (key, missing) if missing > 0 else None
