"""What the head of a table tells about its rows: the grid column of each value, and how merged cells were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise

from msgspec import Struct
from msgspec.structs import replace

from etl.form import Column, FormTable, Row
from etl.tables.landmarks import Landmark, common, letters
from etl.tables.regions import Place
from etl.tables.stream import Atom, Stream
from etl.tables.values import printable, same_dimension

_NEAR = 4
"""So many heads before a row can be its own."""
_FEW = 3
"""Beside so many columns of the form others may stand, such as last year's."""
_LONGEST_USUAL = 120
"""So many characters the head has where its columns are named one after another."""


class Said(Struct, frozen=True, gc=False):
    """What the head says about a row: the grid column of each value, empty when unknown, the columns to their right
    that are not the form's, and the unit of a column where it is not the form's."""

    columns: tuple[int, ...]
    others: frozenset[int]
    other_unit: str | None


_HeadCell = tuple[str, int, range]
"""The letters of a cell of a head, its column and the atoms of its row."""
_NOTHING = Said((), frozenset(), None)


class Heads:
    """The heads of a table met so far. Rows between two of them that name columns are told the same."""

    def __init__(self, stream: Stream, place: Place, table: FormTable) -> None:
        self._stream = stream
        self._prints_unit = _unit().search(stream.compact, place.start, place.end) is not None
        self._columns = _columns_that_tell(table)
        self._marks: list[Landmark] = []
        self._seen = 0
        self._cells: dict[int, list[_HeadCell]] = {}
        self._said: dict[tuple[int, tuple[Column, ...]], Said] = {}

    def add(self, mark: Landmark) -> None:
        """One more head, above the rows that follow."""
        self._marks.append(mark)

    def about(self, row: Row, label: Atom) -> Said:
        """What the heads so far say about a row whose label stands there."""
        unit = _other_unit(self._stream.compact, self._marks[-_NEAR:], row) if self._prints_unit else None
        said = self._of_grid(row, label.table) if label.exact else _NOTHING
        return replace(said, other_unit=unit) if unit else said

    def _of_grid(self, row: Row, table: int) -> Said:
        if self._seen < len(self._marks):
            self._look_at_new()
        key = (table, row.columns)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self._said_by(self._cells.get(table, []), row)
        return said

    def _look_at_new(self) -> None:
        """Take the cells of heads that are new, and forget what was said where they can change it."""
        stream, tell = self._stream, self._columns
        for mark in self._marks[self._seen :]:
            index = stream.index_of(mark.start)
            name = _name_in_head(stream.texts[index])
            if tell is None or name in tell:
                row = stream.row(index)
                self._cells.setdefault(stream.table_at(index), []).append((name, index - row.start, row))
                self._said.clear()
        self._seen = len(self._marks)

    def _said_by(self, cells: Sequence[_HeadCell], row: Row) -> Said:
        known = _column_of(row)
        columns = _in_order({known[name]: column for name, column, _ in cells if name in known}, row)
        others = self._beyond(cells) if 0 < len(columns) <= _FEW else frozenset()
        return Said(columns, others, None)

    def _beyond(self, cells: Sequence[_HeadCell]) -> frozenset[int]:
        """Columns that the heads name to the right of the form's few."""
        beyond = max([column for _, column, _ in cells]) + 1
        rows = {row.start: row[beyond:] for _, _, row in cells if len(row) > beyond}
        texts = self._stream.texts
        return frozenset([index - start for start, row in rows.items() for index in row if texts[index].strip()])


@cache
def _columns_that_tell(table: FormTable) -> frozenset[str] | None:
    """The names by which heads tell about the table's rows; None where any head can, as beside few columns."""
    return None if any(len(row.columns) <= _FEW for row in table.rows) else column_names(table)


@cache
def column_names(table: FormTable) -> frozenset[str]:
    """The letters of every name that a column of the table may have."""
    return frozenset(name for row in table.rows for name in _column_of(row))


@cache
def _column_of(row: Row) -> dict[str, str]:
    return {letters(name.split("（")[0]): column.key for column in row.columns for name in _names(column)}


def _name_in_head(text: str) -> str:
    """The letters of a head's cell without its unit or remark."""
    return letters(text.partition("(")[0])


def _names(column: Column) -> tuple[str, ...]:
    return (column.label, *column.aliases)


def _in_order(columns: dict[str, int], row: Row) -> tuple[int, ...]:
    """The grid columns by column key, in the form's order; empty unless every one is known and they differ."""
    ordered = tuple([columns[column.key] for column in row.columns if column.key in columns])
    if len(ordered) < len(row.columns):
        return ()
    return ordered if len(set(ordered)) == len(ordered) else ()


@lru_cache(maxsize=512)
def names_columns(head: tuple[tuple[str, ...], ...], row: Row, first: int) -> bool:
    """Whether cells of a head name the row's columns in the form's order from a grid column on, and no unit is printed
    but theirs. `head`: the texts of its rows. Most reports print it alike: kept."""
    known, units = _column_of(row), _unit_of(row)
    named: dict[str, int] = {}
    for column, text in chain.from_iterable(map(enumerate, head)):
        name, unit = _name_in_head(text), _unit().search("".join(text.split()))
        if unit and not (name in units and same_dimension(unit[1], units[name])):
            return False
        if name in known:
            named[known[name]] = column
    return _in_order(named, row) == tuple(range(first, first + len(row.columns)))


def units_printed(compact: str, start: int, end: int) -> int:
    """How many units in brackets a stretch of text prints."""
    return len(_unit().findall(compact, start, end))


@lru_cache(maxsize=512)
def units_of_line(line: tuple[str, ...]) -> int:
    """How many units in brackets the cells of a line print, each its own."""
    return sum(units_printed(cell, 0, len(cell)) for cell in map("".join, map(str.split, line)))


def left_packed(stream: Stream, start: int, end: int, table: FormTable) -> bool:
    """Whether a text table dropped merged cells, as its head shows: the total stands next to the organisations'
    common head, where the grid would leave their columns free."""
    organisations = common()["organisations"]
    for index in range(start, min(end, len(stream.texts) - 1)):
        text = stream.texts[index]
        if len(text) >= len(organisations) and letters(text) == organisations and stream.atom(index).in_table:
            atom, after = stream.atom(index), stream.atom(index + 1)
            total = {letters(name) for name in _names(table.rows[0].columns[-1])}
            return after.below == atom.below and letters(after.text) in total
    return False


def organisations_in_order(stream: Stream, start: int, end: int, table: FormTable) -> bool:
    """Whether the head names the applicants in the form's order; heads that are not found raise no doubt."""
    names = _applicants(table)[:-1]
    head = stream.compact[start : _end_of_last(stream.compact, names, start, end)]
    return _usual_in_order(head, table) if len(head) <= _LONGEST_USUAL else _in_order_of_form(head, table)


@lru_cache(maxsize=512)
def _usual_in_order(printed: str, table: FormTable) -> bool:
    """Most reports print the head alike: kept."""
    return _in_order_of_form(printed, table)


def _in_order_of_form(printed: str, table: FormTable) -> bool:
    *names, rest = _applicants(table)
    head = letters(printed)
    seen = [(at, at + len(name)) for name in names if (at := head.find(name)) >= 0]
    between = [head[before[1] : after[0]].replace(common()["organisations"], "") for before, after in pairwise(seen)]
    return seen == sorted(seen) and not any(rest in words for words in between)


@cache
def _applicants(table: FormTable) -> tuple[str, ...]:
    return tuple(letters(column.label) for column in table.rows[0].columns[:-1])


def _end_of_last(compact: str, names: Sequence[str], start: int, end: int) -> int:
    """Where the last of the names' first mentions ends, or the end where one is not found."""
    found = [compact.find(name, start, end) for name in names]
    return end if -1 in found else max(at + len(name) for at, name in zip(found, names, strict=True))


@cache
def _unit() -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(printable().units, key=len, reverse=True)))
    return re.compile(rf"\((?:[^()0-9]{{0,6}}?[:,])?({units})\)")


@cache
def _unit_of(row: Row) -> dict[str, str]:
    return {letters(name.split("（")[0]): column.unit for column in row.columns for name in _names(column)}


def _other_unit(compact: str, heads: Iterable[Landmark], row: Row) -> str | None:
    """The unit that the head prints for a column of the row when it is of another dimension than the form's."""
    wanted = _unit_of(row)
    for head in heads:
        printed = _unit().match(compact, head.end) if compact.startswith("(", head.end) else None
        unit = wanted.get(letters(head.word)) if printed else None
        if printed and unit is not None and not same_dimension(printed[1], unit):
            return printed[1]
    return None
