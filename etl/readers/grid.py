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
    spans: bool


Grid = list[list[str]]


def lay_out(rows: Sequence[Sequence[Spanning]]) -> Grid:
    """The texts on the full grid, a row as long as its cells reach.

    A merged cell's text stands in its first place (top left), the places it also covers hold "". A row that lacks
    cells ends early, so that what is not there does not look like a printed blank. Rows and columns beyond MAX_ROWS
    and MAX_COLUMNS are cut; a span never makes rows of its own.
    """
    grid: Grid = []
    hanging: dict[int, int] = {}  # by column: the row up to which a cell from above reaches
    columns: list[int] = []
    for number, row in enumerate(rows[:MAX_ROWS], start=1):
        line = [cell.text for cell in row if not cell.spans]
        reaching: dict[int, int] = {}
        if len(line) == len(row) <= MAX_COLUMNS - len(columns):
            for column in columns:
                line.insert(column, "")
        else:
            line = _spread(row, number, columns, reaching)
        if columns and len(line) <= columns[-1]:
            line += [""] * (columns[-1] + 1 - len(line))
        grid.append(line)
        if reaching or number in hanging.values():
            hanging |= reaching
            hanging = {column: until for column, until in hanging.items() if until > number}
            columns = sorted(hanging)
    return grid


def _spread(row: Sequence[Spanning], number: int, hanging: Sequence[int], reaching: dict[int, int]) -> list[str]:
    """A row's texts at their columns; `reaching` takes by column the row up to which a cell of this one reaches."""
    line: list[str] = []
    last = hanging[-1] if hanging else -1
    for cell in row:
        first = len(line)
        while first <= last and first in hanging:
            line.append("")
            first += 1
        if first >= MAX_COLUMNS:
            break
        line.append(cell.text)
        if cell.columns > 1:
            end = min(first + cell.columns, MAX_COLUMNS)
            line += [""] * ((_before_hanging(hanging, first, end) if first < last else end) - first - 1)
        if cell.rows > 1:
            for column in range(first, len(line)):
                reaching[column] = number + cell.rows - 1
    return line


def join_lines(lines: Sequence[str]) -> str:
    """One cell's text from its lines, which stay apart so that no two numbers become one; a label printed
    vertically, one character a line, is joined."""
    if len(lines) > 1 and all(len(line) == 1 and not line.isdigit() for line in lines):
        return "".join(lines)
    return "\n".join(lines)


def _before_hanging(hanging: Sequence[int], first: int, end: int) -> int:
    """A cell is no wider than the room left by those that reach down from above."""
    return next((column for column in range(first + 1, end) if column in hanging), end)
