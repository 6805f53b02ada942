"""Rows of tables without rules: figures put into columns by where they stand, so that blanks keep their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.readers.pdf_text import LIST_HEAD, Line, text_of, words

_FIGURE = re.compile(r"[-+－—–/]?[\d０-９]+(?:[.,，．][\d０-９]+)*|[-－—–/]+")
_SAME_ROW = 0.9  # of the type's size: lines nearer than this overlap, so they are one row
_NEXT_LINE = 2.0
_EVEN = 0.3
_FAR = 8.0
_ALIGNED = 2.0  # points
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
    label: list[Word]
    figures: list[Word]
    changed: bool = False
    relabelled: bool = False

    def put(self, figure: Word) -> None:
        """Take a figure of a line that belongs to the row; one above or below another is part of the same cell."""
        self.changed = True
        for number, other in enumerate(self.figures):
            if other.meets(figure):
                both = f"{other.text}\n{figure.text}"
                self.figures[number] = Word(both, min(other.x0, figure.x0), max(other.x1, figure.x1))
                return
        self.figures = sorted([*self.figures, figure], key=lambda word: word.x0)

    def leave_label(self) -> None:
        """Give up the figures, which belong to another row."""
        edge = self.figures[0].x0
        chars = [char for char in self.line.chars if char.x0 < edge]
        self.line, self.figures = self.line._replace(text=text_of(chars, self.line.size), chars=chars), []

    def step_to(self, other: _Row) -> float:
        """Distance of the two base lines, in the type's size."""
        return abs(self.line.base - other.line.base) / self.line.size


def settle(lines: Sequence[Line], before: Sequence[Word] = ()) -> tuple[list[Line], Sequence[Word]]:
    """The lines of a page from top to bottom, each row of figures whole and with an empty cell for every blank.

    `before` are the columns in which the page before ended, for a table that goes on; those of this page come second.
    """
    rows = _without_strays([_taken_apart(line) for line in lines])
    done: list[Line] = []
    for zone in _zones(rows):
        columns = _columns(zone, before)
        done += [_written(row, columns) for row in (_with_labels(zone) if columns else zone)]
        before = columns
    return done, before


def _taken_apart(line: Line) -> _Row:
    """Figures are taken from the right as long as there are any: what is left of them is the label."""
    found = [Word(text_of(chars), chars[0].x0, chars[-1].x1) for chars in words(line.chars, line.size)]
    count = len(found)
    while count and found[count - 1].is_figure:
        count -= 1
    return _Row(line, found[:count], found[count:])


def _without_strays(rows: list[_Row]) -> list[_Row]:
    """Parts of numbers broken over lines joined to the row that they belong to; their lines keep any label."""
    for home_of in (_between_halves, _overlapped):
        homes = {number: home for number in range(len(rows)) if (home := home_of(rows, number)) is not None}
        for number, home in homes.items():
            for figure in rows[number].figures:
                home.put(figure)
            rows[number].leave_label()
        rows = [row for number, row in enumerate(rows) if number not in homes or row.label]
    return rows


def _between_halves(rows: list[_Row], number: int) -> _Row | None:
    """The row that stands between a line's figures and the other halves of their numbers."""
    for step, row in _homes(rows, number):
        other = _at(rows, number + 2 * step)
        if other is not None and _is_split(rows[number], row, other):
            return row
    return None


def _overlapped(rows: list[_Row], number: int) -> _Row | None:
    """The row that a line of figures alone is part of: one that it overlaps, or one just above or below with figures
    in the same columns and more."""
    stray = rows[number]
    for _, row in _homes(rows, number) if not stray.label else ():
        distance = row.step_to(stray)
        if distance < _SAME_ROW and (row.figures or len(stray.figures) == 1):
            return row
        if distance < _NEXT_LINE and len(row.figures) > len(stray.figures) and _all_meet(stray.figures, row.figures):
            return row
    return None


def _homes(rows: list[_Row], number: int) -> list[tuple[int, _Row]]:
    """The lines above and below that may take a line's figures."""
    stray = rows[number]
    near = [(step, row) for step in (-1, 1) if (row := _at(rows, number + step)) is not None]
    return [(step, row) for step, row in near if stray.figures and (row.label or len(row.figures) > len(stray.figures))]


def _is_split(one: _Row, row: _Row, other: _Row) -> bool:
    """Whether two lines are the upper and lower halves of numbers that the row between them lacks."""
    halves = len(one.figures) == len(other.figures) and (bool(row.figures) or not (one.label or other.label))
    beside = not _any_meet(one.figures, [*row.figures, *row.label])
    near = one.step_to(other) < _NEXT_LINE
    return halves and beside and near and _all_meet(one.figures, other.figures)


def _all_meet(figures: Sequence[Word], others: Sequence[Word]) -> bool:
    return all(any(figure.meets(other) for other in others) for figure in figures)


def _any_meet(figures: Sequence[Word], others: Sequence[Word]) -> bool:
    return any(figure.meets(other) for figure in figures for other in others)


def _at(rows: list[_Row], number: int) -> _Row | None:
    return rows[number] if 0 <= number < len(rows) else None


def _between(one: _Row, middle: _Row, other: _Row) -> bool:
    """Whether the middle line stands at the same small distance from the two others."""
    up, down = middle.step_to(one), middle.step_to(other)
    return max(up, down) < _NEXT_LINE and abs(up - down) < _EVEN


def _with_labels(zone: list[_Row]) -> list[_Row]:
    """Labels of several lines, their figures beside the middle, joined into one cell of their row."""
    taken: set[int] = set()
    for number in range(1, len(zone) - 1):
        above, row, below = zone[number - 1 : number + 2]
        if len(row.figures) < _TABLE_COLUMNS or not _is_around(above, row, below):
            continue
        at = above.label[0].x0
        own = [word for word in row.label if abs(word.x0 - at) <= _ALIGNED]
        group = [word for word in row.label if word.x0 < at - _ALIGNED]
        text = "\n".join(_text(words) for words in (above.label, own, below.label) if words)
        row.label = [*group, Word(f"\t{text}" if group else text, at, row.figures[0].x0)]
        row.relabelled = True
        taken |= {number - 1, number + 1}
    return [row for number, row in enumerate(zone) if number not in taken]


def _is_around(above: _Row, row: _Row, below: _Row) -> bool:
    """Whether two lines are the beginning and the end of the label of the row between them."""
    if above.figures or below.figures or not above.label or not below.label or not _between(above, row, below):
        return False
    begins = LIST_HEAD.match(above.line.text) is not None
    goes_on = all(LIST_HEAD.match(part.line.text) is None for part in (row, below))
    return begins and goes_on and abs(above.line.x0 - below.line.x0) <= _ALIGNED


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


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


def _columns(zone: list[_Row], before: Sequence[Word]) -> Sequence[Word]:
    """The columns of a table of many figures, as the extent of all that stands in each; none where they blur.

    Those of the page before hold where they are more and all figures fit: a column may be blank on a whole page.
    """
    rows = [row.figures for row in zone if len(row.figures) > 1]
    most = max(map(len, rows), default=0)
    if len(before) >= most > 0 and all(_fits(figures, before) for figures in rows):
        return before
    if most < _TABLE_COLUMNS or len(rows) < _TABLE_ROWS:
        return ()
    columns: list[Word] = []
    for figure in sorted((figure for figures in rows for figure in figures), key=lambda word: word.x0):
        if columns and figure.x0 < columns[-1].x1:
            columns[-1] = Word("", columns[-1].x0, max(columns[-1].x1, figure.x1))
        else:
            columns.append(Word("", figure.x0, figure.x1))
    return columns if len(columns) == most else ()


def _fits(figures: Sequence[Word], columns: Sequence[Word]) -> bool:
    """Whether every figure stands in a column of its own."""
    places = [[number for number, column in enumerate(columns) if column.meets(figure)] for figure in figures]
    return all(len(place) == 1 for place in places) and len({place[0] for place in places}) == len(places)


def _written(row: _Row, columns: Sequence[Word]) -> Line:
    """The line with its figures as cells, in their columns where these are known."""
    in_column = [[figure for figure in row.figures if column.meets(figure)] for column in columns]
    if row.figures and columns and all(len(found) <= 1 for found in in_column):
        cells = [found[0].text if found else "" for found in in_column]
    elif len(row.figures) > 1 or row.changed or row.relabelled:
        cells = [figure.text for figure in row.figures]
    else:
        return row.line
    return row.line._replace(text="\t".join([*filter(None, [_label(row)]), *cells]))


def _label(row: _Row) -> str:
    if row.relabelled:
        return _text(row.label)
    edge = row.figures[0].x0
    return text_of([char for char in row.line.chars if char.x0 < edge], row.line.size)
