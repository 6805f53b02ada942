"""Rules A1 to A4 on one report: which equations of its form hold, and the likely cause where one does not.

A cause that explains several equations is told once, with the equations that it explains.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from etl.checks.causes import ROW_CAUSES, blank_part
from etl.checks.equations import Equation, Values
from etl.report import Finding, Severity

_ALL_APPLICANTS = "total"
_OTHER = "other"
_CARRIED_IN = "carried_in"
_CONCLUDED = "concluded"
_PAIR = 2
_WITHOUT_HARM = ("X2",)
"""Causes that chance brings about too often: they count only when no equation that holds speaks against them."""


@dataclass(slots=True)
class _Open:
    """What is still to be explained: the equations that fail with left minus right, and the report's values."""

    failing: dict[Equation, float]
    values: Values

    def take(self, explained: Collection[Equation]) -> None:
        for equation in explained:
            self.failing.pop(equation, None)

    def of(self, rule: str) -> dict[Equation, float]:
        return {equation: excess for equation, excess in self.failing.items() if equation.rule == rule}


def broken(equations: Sequence[Equation], values: Values, blanks: Collection[str]) -> tuple[Finding, ...]:
    """The findings on a report. `blanks` are the cells that it prints empty: the only ones that X4 may blame."""
    excesses = {equation: equation.excess(values) for equation in equations}
    still = _Open({equation: excess for equation, excess in excesses.items() if excess}, values)
    found = [*_row_causes(still, excesses), *_moved_between_columns(still, excesses), *_left_out(still)]
    found += [_finding(equation, (equation,), still.values) for equation in still.failing]
    unknown = [equation for equation, excess in excesses.items() if excess is None]
    return (*found, *_blanks(unknown, values, blanks))


def _row_causes(still: _Open, excesses: dict[Equation, float | None]) -> Iterator[Finding]:
    """X2, X3 and X5; equations over rows that hold once the row is mended are told with it."""
    holding = [one for one, excess in excesses.items() if excess == 0]
    for row in list(still.failing):
        for cause, mend in ROW_CAUSES:
            repair = mend(row, still.values)
            mended = {**still.values, **(repair or {})}
            if repair and not (cause in _WITHOUT_HARM and any(one.excess(mended) for one in holding)):
                explained = [row, *(one for one in still.failing if one is not row and one.excess(mended) == 0)]
                still.take(explained)
                yield _finding(row, explained, still.values, cause, row.cells)
                break


def _moved_between_columns(still: _Open, excesses: dict[Equation, float | None]) -> Iterator[Finding]:
    """X1: two columns are off by equal and opposite amounts while the total column balances."""
    for rule in ("A1", "A2"):
        failing = still.of(rule)
        balances = any(one.rule == rule and one.line == _ALL_APPLICANTS and excesses[one] == 0 for one in excesses)
        if balances and len(failing) == _PAIR and sum(failing.values()) == 0:
            explained = list(failing)
            yield _finding(explained[0], explained, still.values, "X1", explained[0].cells + explained[1].cells)
            still.take(explained)


def _left_out(still: _Open) -> Iterator[Finding]:
    """X6: what was concluded leaves out the other outcomes; X7: the outcomes leave out what was carried in."""
    for rule, cause, row in (("A2", "X6", _OTHER), ("A1", "X7", _CARRIED_IN)):
        explained = [one for one, excess in still.of(rule).items() if excess == _sum_of(row, one, still.values)]
        if not explained:
            continue
        named = [key for one in explained for key in one.cells if _row_of(key).startswith((row, _CONCLUDED))]
        if cause == "X6":
            explained += _mended_by_others(explained, still)
        yield _finding(explained[0], explained, still.values, cause, tuple(named))
        still.take(explained)


def _mended_by_others(columns: Sequence[Equation], still: _Open) -> list[Equation]:
    """Equations of other rules that hold once the other outcomes are counted as concluded."""
    mended = dict(still.values)
    for column in columns:
        [end] = column.right
        mended[end] = (mended[end] or 0.0) + still.failing[column]
    return [one for one in still.failing if one not in columns and one.excess(mended) == 0]


def _sum_of(row: str, column: Equation, values: Values) -> float:
    """What a column has in the rows of that name."""
    return sum(values[key] or 0.0 for key in column.left if _row_of(key).startswith(row))


def _row_of(key: str) -> str:
    return key.split("/")[1]


def _blanks(unknown: Sequence[Equation], values: Values, blanks: Collection[str]) -> Iterator[Finding]:
    """X4, once for each blank: the row that wants it, else the column."""
    told: set[str] = set()
    for equation in sorted(unknown, key=lambda one: one.over != "columns"):
        found = blank_part(equation, values)
        if found and found[0] in blanks and found[0] not in told:
            key, missing = found
            told.add(key)
            message = f"{equation.line}: {_formula(equation, values)}, difference {missing:.12g}"
            cells = (key, *(cell for cell in equation.cells if cell != key))
            yield Finding(equation.rule, Severity.ERROR, message, cause="X4", cells=cells)


def _finding(
    first: Equation, explained: Sequence[Equation], values: Values, cause: str = "", cells: tuple[str, ...] = ()
) -> Finding:
    """A finding of the rule of the first equation, with the formulas of all that it explains."""
    message = "; ".join(_told(equation, values) for equation in explained)
    return Finding(first.rule, Severity.ERROR, message, cause=cause, cells=cells or first.cells)


def _told(equation: Equation, values: Values) -> str:
    return f"{equation.line}: {_formula(equation, values)}, difference {equation.excess(values):.12g}"


def _formula(equation: Equation, values: Values) -> str:
    """Both sides with the numbers put in; zeros are left out of long sums, a blank stands as ?."""
    return f"{_side(equation.left, values)} ≠ {_side(equation.right, values)}"


def _side(keys: Sequence[str], values: Values) -> str:
    numbers = [values.get(key) for key in keys]
    shown = ["?" if number is None else f"{number:.12g}" for number in numbers if number is None or number]
    known = sum(number for number in numbers if number is not None)
    joined = " + ".join(shown) or "0"
    return f"{joined} = {known:.12g}" if len(shown) > 1 and None not in numbers else joined
