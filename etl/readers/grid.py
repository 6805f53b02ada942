"""Cells that span rows and columns, laid out so that equal indexes are equal columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MAX_ROWS = 2000
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Span:
    """A cell as a file states it: its text and over how many columns and rows it reaches (at least 1)."""

    text: str
    columns: int = 1
    rows: int = 1


Grid = list[list[str]]


def lay_out(rows: Sequence[Sequence[Span]]) -> Grid:
    """The texts on the full grid, all rows equally long.

    A merged cell's text stands in its first place (top left), the places it also covers hold "". Rows and columns
    beyond MAX_ROWS and MAX_COLUMNS are cut; a span never makes rows of its own.
    """
    rows = rows[:MAX_ROWS]
    grid: Grid = [[] for _ in rows]
    covered: list[int] = []  # per column: the row up to which a cell from above reaches
    for number, row in enumerate(rows):
        column = 0
        for span in row:
            column = _next_free(covered, column, number)
            if column >= MAX_COLUMNS:
                break
            end = min(column + max(span.columns, 1), MAX_COLUMNS)
            covered.extend([0] * (end - len(covered)))
            reach = min(number + max(span.rows, 1), len(rows))
            end = _before_covered(covered, column, end, number)
            covered[column:end] = [reach] * (end - column)
            _put(grid[number], column, span.text)
            column = end
    width = len(covered)
    return [line + [""] * (width - len(line)) for line in grid]


def join_lines(lines: Sequence[str]) -> str:
    """One cell's text from its lines, which stay apart so that no two numbers become one; a label printed
    vertically, one character a line, is joined."""
    if len(lines) > 1 and all(len(line) == 1 and not line.isdigit() for line in lines):
        return "".join(lines)
    return "\n".join(lines)


def _next_free(covered: list[int], column: int, row: int) -> int:
    while column < len(covered) and covered[column] > row:
        column += 1
    return column


def _before_covered(covered: list[int], start: int, end: int, row: int) -> int:
    """A cell is no wider than the room left by those that reach down from above."""
    for column in range(start + 1, end):
        if covered[column] > row:
            return column
    return end


def _put(line: list[str], column: int, text: str) -> None:
    line.extend([""] * (column - len(line)))
    line.append(text)
