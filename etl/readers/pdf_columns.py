"""Rows of tables without rules: figures put into columns by where they stand, so that blanks keep their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.readers.pdf_text import Line, text_of, words

_FIGURE = re.compile(r"[-+－—–/]?[\d０-９]+(?:[.,，．][\d０-９]+)*|[-－—–/]+")
_SAME_ROW = 0.9  # of the type's size: lines nearer than this overlap, so they are one row
_NEXT_LINE = 2.0
_FAR = 8.0
_TABLE_COLUMNS = 5
_TABLE_ROWS = 3


class Word(NamedTuple):
    """Characters of a line without a gap between them."""

    text: str
    x0: float
    x1: float

    @property
    def is_figure(self) -> bool:
        """Whether it is printed as the content of a figure's cell is."""
        return _FIGURE.fullmatch(self.text) is not None

    def meets(self, other: Word) -> bool:
        """Whether the two stand above one another."""
        return self.x0 < other.x1 and other.x0 < self.x1


@dataclass(slots=True)
class _Row:
    """A line taken apart: the words of its label, and its figures from left to right."""

    line: Line
    label: str
    figures: list[Word]
    stacked: bool = field(default=False)

    def put(self, figure: Word) -> None:
        """Take a figure of an overlapping line; one above or below another is part of the same cell."""
        self.stacked = True
        for number, other in enumerate(self.figures):
            if other.meets(figure):
                both = f"{other.text}\n{figure.text}"
                self.figures[number] = Word(both, min(other.x0, figure.x0), max(other.x1, figure.x1))
                return
        self.figures = sorted([*self.figures, figure], key=lambda word: word.x0)


def settle(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page from top to bottom, each row of figures whole and with an empty cell for every blank."""
    rows = [_taken_apart(line) for line in lines]
    rows = _without_strays(rows)
    done: list[Line] = []
    for zone in _zones(rows):
        columns = _columns(zone)
        done += [_written(row, columns) for row in zone]
    return done


def _taken_apart(line: Line) -> _Row:
    """Figures are taken from the right as long as there are any: what is left of them is the label."""
    found = [Word(text_of(chars), chars[0].x0, chars[-1].x1) for chars in words(line.chars, line.size)]
    count = len(found)
    while count and found[count - 1].is_figure:
        count -= 1
    edge = found[count].x0 if count < len(found) else float("inf")
    label = text_of([char for char in line.chars if char.x0 < edge], line.size)
    return _Row(line, label, found[count:])


def _without_strays(rows: list[_Row]) -> list[_Row]:
    """Lines that hold nothing but figures of the row beside them, parts of numbers broken over lines, joined to it."""
    kept = [row for row in rows if row.label or len(row.figures) != 1]
    strays = [row for row in rows if not row.label and len(row.figures) == 1]
    for stray in strays:
        (figure,) = stray.figures
        home = _home(kept, stray.line, figure)
        if home is None:
            kept.append(stray)
        else:
            home.put(figure)
    return sorted(kept, key=lambda row: row.line.base)


def _home(rows: list[_Row], line: Line, figure: Word) -> _Row | None:
    """The row that a lone figure belongs to: one that overlaps it, else the next line with a figure above or below."""
    near = sorted(rows, key=lambda row: abs(row.line.base - line.base))[:2]
    for row in near:
        step = abs(row.line.base - line.base)
        if step < _SAME_ROW * line.size:
            return row
        is_row = bool(row.label) or len(row.figures) > 1
        if is_row and step < _NEXT_LINE * line.size and any(word.meets(figure) for word in row.figures):
            return row
    return None


def _zones(rows: list[_Row]) -> list[list[_Row]]:
    """Stretches of lines whose rows of figures are not far from one another."""
    zones: list[list[_Row]] = []
    last = float("-inf")
    for row in rows:
        if zones and row.line.base - last <= _FAR * row.line.size:
            zones[-1].append(row)
        else:
            zones.append([row])
        if len(row.figures) > 1 or last == float("-inf"):
            last = row.line.base
    return zones


def _columns(zone: list[_Row]) -> list[Word]:
    """The columns of a table of many figures, as the extent of all that stands in each; none where they blur."""
    rows = [row.figures for row in zone if len(row.figures) > 1]
    most = max(map(len, rows), default=0)
    if most < _TABLE_COLUMNS or len(rows) < _TABLE_ROWS:
        return []
    columns: list[Word] = []
    for figure in sorted((figure for figures in rows for figure in figures), key=lambda word: word.x0):
        if columns and figure.x0 < columns[-1].x1:
            columns[-1] = Word("", columns[-1].x0, max(columns[-1].x1, figure.x1))
        else:
            columns.append(Word("", figure.x0, figure.x1))
    return columns if len(columns) == most else []


def _written(row: _Row, columns: list[Word]) -> Line:
    """The line with its figures as cells, in their columns where these are known."""
    in_column = [[figure for figure in row.figures if column.meets(figure)] for column in columns]
    if row.figures and columns and all(len(found) <= 1 for found in in_column):
        cells = [found[0].text if found else "" for found in in_column]
    elif len(row.figures) > 1 or row.stacked:
        cells = [figure.text for figure in row.figures]
    else:
        return row.line
    return row.line._replace(text="\t".join([*filter(None, [row.label]), *cells]))
