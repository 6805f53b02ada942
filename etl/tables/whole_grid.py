"""The quick way to read a table, which most web pages and Word files allow: exact grids that hold the form's rows in
their order, each named by cells of its own, with a number in every column that the head above names in its place.

There nothing has to be looked for, weighed or parted. Where anything else names a row or prints a unit, in the grids or
beside them, all of it is left to `read_rows`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain

from etl.document import Document, Table
from etl.document import Row as Line
from etl.form import FormTable, Row
from etl.tables.cells import RowRead, row_cells
from etl.tables.heads import names_columns, units_of_line, units_printed
from etl.tables.landmarks import letters, vocabulary
from etl.tables.regions import Place
from etl.tables.runs import is_value
from etl.tables.stream import Stream

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LETTER = re.compile(r"[^\W\d_]")
_REMARK = re.compile(r"\([^()]*\)$")
_LONGEST_LINE = 400
"""No line of the form is nearly so long, and lines are kept."""

_Texts = tuple[str, ...]


def read_whole_grids(stream: Stream, place: Place, table: FormTable) -> list[RowRead] | None:
    """The rows of the table; None where anything is otherwise."""
    grids = stream.grids(place.start, place.end)
    expected, head, labels, common = iter(table.rows), _Head(), _labels(table), _common_width(table)
    found: list[RowRead] = []
    for at in chain.from_iterable(grids):
        if stream.starts[at.stop] - stream.starts[at.start] > _LONGEST_LINE:
            return None
        line = stream.texts[at.start : at.stop]
        first = max(len(line) - common, 0) if common else 1
        row = labels.row(tuple(line[:first]))
        if row is None and labels.are_head(tuple(line)):
            head.add(tuple(line))
            continue
        numbers = _numbers(row, line[first:]) if row else None
        if row is not next(expected, None) or row is None or numbers is None or not head.names(row, first):
            return None
        start = at.start + first
        found.append(row_cells(table.table_no, row, numbers, stream.places[start : start + len(numbers)]))
    whole = len(found) == len(table.rows) and head.units == units_printed(stream.compact, place.start, place.end)
    return found if whole and not _names_more(stream, place, table, grids) else None


class _Head:
    """The lines of a head, which ends with the first row below it. `units` counts those printed in all heads so far."""

    def __init__(self) -> None:
        self.units = 0
        self._lines: tuple[_Texts, ...] = ()
        self._names: dict[tuple[object, int], bool] = {}

    def add(self, line: _Texts) -> None:
        """One more line, or the first one of another head."""
        self._lines = () if self._names else self._lines
        self._names.clear()
        self._lines = (*self._lines, line)
        self.units += units_of_line(line)

    def names(self, row: Row, first: int) -> bool:
        """Whether it names the row's columns in the form's order, the first of them there."""
        key = (row.columns, first)
        if key not in self._names:
            self._names[key] = names_columns(self._lines, row, first)
        return self._names[key]


def _numbers(row: Row, values: Sequence[str]) -> Sequence[str] | None:
    """As many numbers as the row wants; None where there are others or something to their right."""
    wanted = len(row.columns)
    numbers = values[:wanted]
    if len(numbers) < wanted or not all(numbers) or any(values[wanted:]):
        return None
    are_numbers = "".join(numbers).isdecimal() or all(map(_NUMBER.fullmatch, numbers))
    return numbers if are_numbers else None


@cache
def _common_width(table: FormTable) -> int:
    """How many columns each row wants, which are a grid's last ones; 0 where rows differ: then one cell names them."""
    widths = {len(row.columns) for row in table.rows}
    return widths.pop() if len(widths) == 1 else 0


def _names_more(stream: Stream, place: Place, table: FormTable, grids: Sequence[list[range]]) -> bool:
    """Whether rows of the table are named before, between or after the grids too."""
    edges = [stream.compact_start(index) for grid in grids for index in (grid[0].start, grid[-1].stop)]
    around = [place.start, *edges, place.end]
    marks = vocabulary(table).landmarks
    return any(mark.row is not None for at in range(0, len(around), 2) for mark in marks(stream, *around[at : at + 2]))


class _Labels:
    """What cells of a table name. Most reports print the same labels: kept."""

    def __init__(self, table: FormTable) -> None:
        self._words = vocabulary(table)
        self._of_heads = frozenset(self._words.known)
        self.row = lru_cache(maxsize=4096)(self._row)
        self.are_head = lru_cache(maxsize=4096)(self._are_head)

    def _row(self, labels: _Texts) -> Row | None:
        """The row that the last cell which is not blank names as a whole; None where it does not so without other
        lines, or where another cell names one."""
        stream = Stream(Document("", (Table((Line(labels, labels),), exact=True),), ""))
        marks = self._words.landmarks(stream, 0, len(stream.compact))
        row = marks[-1].row if marks else None
        if row is None or any(mark.row is not None for mark in marks[:-1]):
            return None
        last = marks[-1]
        label = max(index for index, text in enumerate(labels) if text.strip())
        whole = (last.at.start, last.at.end) == (stream.starts[label], stream.starts[label + 1] - 1)
        return row if whole and (last.has_ordinal or not row.needs_ordinal) else None

    def _are_head(self, line: _Texts) -> bool:
        """Whether no cell is a value or holds a row's words; words that heads hold too, only where all cells do."""
        texts = ["".join(text.split()) for text in line if text.strip()]
        if any(is_value(text) or not _LETTER.search(text) for text in texts):
            return False
        rows = self._words.rows_in("".join(texts))
        of_heads = all(letters(_REMARK.sub("", text)) in self._of_heads for text in texts)
        return not rows or (of_heads and all(row.needs_ordinal for row in rows))


@cache
def _labels(table: FormTable) -> _Labels:
    return _Labels(table)
