"""The form's grids as lines of text, the way browsers, word processors and text extractors write them.

Each function takes a grid and a source of randomness and gives lines; a figure's place is held by a slot (`slot`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from etl.sample.grid import Box, Grid, Placed, broken, placed
from etl.sample.words import words

OPEN, CLOSE = "\x01", "\x02"
_SLOT = re.compile(f"{OPEN}([^{CLOSE}]+){CLOSE}")

Draw = Callable[[Grid, Random], list[str]]


def slot(box: Box) -> str:
    """The box's label, or what holds the place of its figure."""
    return OPEN + box.key + CLOSE if box.key else box.text


def parts(text: str) -> list[str]:
    """Literal text and cell keys in turn, beginning and ending with a literal."""
    return _SLOT.split(text)


def width_of(grid: Grid) -> int:
    """How many columns the grid has."""
    return sum(box.colspan for box in grid[0])


def full_rows(grid: Grid) -> list[list[str]]:
    """Every position of the grid; a merged cell stands at its first position, the others are empty."""
    rows = [[""] * width_of(grid) for _ in grid]
    for item in placed(grid):
        rows[item.row][item.column] = slot(item.box)
    return rows


def begun_rows(grid: Grid) -> list[list[str]]:
    """Only the cells that begin in each row."""
    return [[slot(box) for box in row] for row in grid]


def padded_rows(grid: Grid) -> list[list[str]]:
    """The cells that begin in each row, filled up at the end, as converters do that ignore merging."""
    width = width_of(grid)
    return [row + [""] * (width - len(row)) for row in begun_rows(grid)]


def shifted_rows(grid: Grid) -> list[list[str]]:
    """A cell merged from above leaves one empty cell, horizontal merges are filled up at the end of the row."""
    width = width_of(grid)
    rows = [[slot(item.box) if item.row == number else "" for item in row] for number, row in enumerate(_met(grid))]
    return [row + [""] * (width - len(row)) for row in rows]


def _met(grid: Grid) -> list[list[Placed]]:
    """The boxes that each row meets, from left to right, with those that began above it."""
    rows: list[list[Placed]] = [[] for _ in grid]
    for item in placed(grid):
        for row in rows[item.row : item.row + item.box.rowspan]:
            row.append(item)
    return [sorted(row, key=lambda item: item.column) for row in rows]


def tabs(grid: Grid, rng: Random) -> list[str]:
    """A row a line, cells parted by tabs, empty cells kept."""
    rows = rng.choice((full_rows, shifted_rows))(grid)
    return ["\t".join(row) for row in rows]


def tabs_lost(grid: Grid, rng: Random) -> list[str]:
    """As `tabs`, after a tool has stripped the lines; a page break parts the table, sometimes inside a row."""
    lines = []
    for number, part in enumerate(_pages(grid, rng)):
        if number:
            lines += ["", rng.choice(words()["page_marks"]).format(n=number + 2), ""]
        lines += ["\t".join(row).strip("\t") for row in shifted_rows(part)]
    return lines


def tabs_broken(grid: Grid, rng: Random) -> list[str]:
    """As `tabs`, with page breaks between the cells of a row."""
    lines = tabs(grid, rng)
    for index in sorted(rng.sample(range(len(lines)), min(2, len(lines) // 6)), reverse=True):
        cells = lines[index].split("\t")
        keys = [n for n, cell in enumerate(cells) if cell.startswith(OPEN)]
        if len(keys) < 2:
            continue
        cut = rng.choice(keys[1:])
        mark = rng.choice(words()["page_marks"]).format(n=index + 2)
        lines[index : index + 1] = ["\t".join(cells[:cut]), "", mark, "", "\t".join(cells[cut:])]
    return lines


def _pages(grid: Grid, rng: Random) -> tuple[Grid, ...]:
    """The grid, when long, over two pages with the spanning labels repeated."""
    if len(grid) < 12 or rng.random() < 0.3:
        return (grid,)
    return broken(grid, rng.randint(6, len(grid) - 3))


def cell_lines_tab(grid: Grid, _rng: Random) -> list[str]:
    """A cell a line, led by a tab; rows parted by empty lines; a cell merged from above is a tab alone."""
    lines: list[str] = []
    for number, row in enumerate(_met(grid)):
        lines += ["\t" + (slot(item.box) if item.row == number else "") for item in row] + [""]
    return lines


def cell_lines(grid: Grid, _rng: Random) -> list[str]:
    """A cell a line, nothing else."""
    return [cell for row in begun_rows(grid) for cell in row]


def blank_lines(grid: Grid, rng: Random) -> list[str]:
    """A cell a line, an empty line between; now and then a space that was in the cell."""
    lines = []
    for cell in cell_lines(grid, rng):
        lines += [rng.choice(("", "", " ", "  ")) + cell if cell.startswith(OPEN) else cell, ""]
    return lines


def pipes(grid: Grid, rng: Random) -> list[str]:
    """`a | b |`: rows filled up at the end, as converters of web pages write them."""
    lead, tight = rng.choice(("", "| ")), rng.random() < 0.5
    if not tight:
        return [lead + " | ".join(row).rstrip() + " |" for row in padded_rows(grid)]
    width = width_of(grid)
    return [lead + " | ".join(row).rstrip() + " | " + "|" * (width - len(row)) for row in begun_rows(grid)]


def pipe_ends(grid: Grid, _rng: Random) -> list[str]:
    """Every cell on a line of its own that ends in `|`; what fills up a row stands together on one line."""
    lines = []
    for row in begun_rows(grid):
        lines += [f"{cell} |" for cell in row]
        lines += ["|" * (width_of(grid) - len(row))] if len(row) < width_of(grid) else []
    return lines


def pipe_lines(grid: Grid, _rng: Random) -> list[str]:
    """Every cell on a line, a `|` alone on the line after it."""
    return [line for row in begun_rows(grid) for cell in row for line in (cell, "|")]


def markdown(grid: Grid, rng: Random) -> list[str]:
    """A Markdown table; the first row is the header only in some converters."""
    rows = rng.choice((full_rows, padded_rows))(grid)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "|" + rng.choice(("---|", " --- |", ":---:|")) * width_of(grid)
    return [lines[0], rule, *lines[1:]] if rng.random() < 0.8 else ["|" + " |" * width_of(grid), rule, *lines]


def spaces(grid: Grid, rng: Random) -> list[str]:
    """The cells that begin in a row parted by single spaces; a page break in long tables."""
    lines = []
    for number, part in enumerate(_pages(grid, rng)):
        if number:
            lines.append(rng.choice(words()["page_marks"]).format(n=number + 3))
        lines += [" ".join(row) for row in begun_rows(part)]
    return lines


def run_together(grid: Grid, rng: Random) -> list[str]:
    """Cells parted by spaces, lines broken anywhere between two cells."""
    lines = [""]
    for row in begun_rows(grid):
        for cell in row:
            if lines[-1] and rng.random() < 0.08:
                lines.append("")
            lines[-1] += (" " if lines[-1] else "") + cell
    return lines


def one_line(grid: Grid, _rng: Random) -> list[str]:
    """The whole table on one line, cells parted by a space."""
    return [" ".join(cell for row in begun_rows(grid) for cell in row)]


def glued(grid: Grid, _rng: Random) -> list[str]:
    """The whole table on one line with nothing between the cells."""
    return ["".join(cell for row in begun_rows(grid) for cell in row)]


def aligned(grid: Grid, rng: Random) -> list[str]:
    """Columns aligned with spaces, labels wrapped inside their column, merged labels centred over their rows."""
    widths = _column_widths(grid, rng)
    boxes = [(item, _wrap(slot(item.box), _span(widths, item))) for item in placed(grid)]
    heights = [1] * len(grid)
    for item, text in boxes:
        if item.box.rowspan == 1:
            heights[item.row] = max(heights[item.row], len(text))
    tops = [sum(heights[:row]) + row for row in range(len(grid) + 1)]
    canvas: list[list[tuple[int, str]]] = [[] for _ in range(tops[-1])]
    for item, text in boxes:
        space = tops[item.row + item.box.rowspan] - 1 - tops[item.row]
        start = tops[item.row] + max(0, (space - len(text)) // 2)
        for offset, line in enumerate(text):
            canvas[start + offset].append((sum(widths[: item.column]), line))
    return [_line(pieces) for pieces in canvas]


def _span(widths: list[int], item: Placed) -> int:
    return sum(widths[item.column : item.column + item.box.colspan]) - 2


def _column_widths(grid: Grid, rng: Random) -> list[int]:
    """The columns of table 3, of the narrow table 4, or of a table led by one column of labels."""
    width = width_of(grid)
    if width == 10:
        return [6, 12, 30] + [rng.randint(9, 11)] * 7
    if width > 10:
        return [8] * width
    labels = max(_shown_width(row[0].text) for row in grid if row[0].colspan == 1)
    return [min(labels, 44) + 2] + [18] * (width - 1)


def _line(pieces: list[tuple[int, str]]) -> str:
    line, used = "", 0
    for left, text in sorted(pieces):
        gap = max(left - used, 1 if line else 0)
        line += " " * gap + text
        used += gap + _shown_width(text)
    return line


def _shown_width(text: str) -> int:
    """Columns that a text takes; a figure counts as two."""
    if text.startswith(OPEN):
        return 2
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _wrap(text: str, width: int) -> list[str]:
    if text.startswith(OPEN):
        return [text]
    lines, line = [], ""
    for char in text:
        if line and _shown_width(line + char) > max(width, 2):
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]
