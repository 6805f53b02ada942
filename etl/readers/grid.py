"""Cells that span rows and columns, laid out so that equal indexes are equal columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

MAX_ROWS = 2000
MAX_COLUMNS = 200


class Spanning(Protocol):
    """A cell as a file states it: its text and over how many columns and rows it reaches (less than 1 counts as 1)."""

    text: str
    columns: int
    rows: int


Grid = list[list[str]]


def lay_out(rows: Sequence[Sequence[Spanning]]) -> Grid:
    """The texts on the full grid, a row as long as its cells reach.

    A merged cell's text stands in its first place (top left), the places it also covers hold "". A row that lacks
    cells ends early, so that what is not there does not look like a printed blank. Rows and columns beyond MAX_ROWS
    and MAX_COLUMNS are cut; a span never makes rows of its own.
    """
    rows = rows[:MAX_ROWS]
    grid: Grid = []
    covered: list[int] = []  # per column: the row up to which a cell from above reaches
    for number, row in enumerate(rows):
        line: list[str] = []
        column = 0
        for cell in row:
            while column < len(covered) and covered[column] > number:
                column += 1
            if column >= MAX_COLUMNS:
                break
            line.extend([""] * (column - len(line)))
            line.append(cell.text)
            end = column + 1
            if cell.columns > 1:
                end = _before_covered(covered, column, min(column + cell.columns, MAX_COLUMNS), number)
            covered.extend([0] * (end - len(covered)))
            reach = min(number + max(cell.rows, 1), len(rows))
            covered[column:end] = [reach] * (end - column)
            column = end
        reached = max((at + 1 for at, until in enumerate(covered) if until > number), default=0)
        grid.append(line + [""] * (reached - len(line)))
    return grid


def join_lines(lines: Sequence[str]) -> str:
    """One cell's text from its lines, which stay apart so that no two numbers become one; a label printed
    vertically, one character a line, is joined."""
    if len(lines) > 1 and all(len(line) == 1 and not line.isdigit() for line in lines):
        return "".join(lines)
    return "\n".join(lines)


def _before_covered(covered: list[int], start: int, end: int, row: int) -> int:
    """A cell is no wider than the room left by those that reach down from above."""
    for column in range(start + 1, min(end, len(covered))):
        if covered[column] > row:
            return column
    return end
