"""The rows of one table: labels where they stand, the runs that follow them, and what their columns say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from etl.form import FormTable, Row
from etl.tables.assign import LEAST_JOINED_ROWS, Setting, assign, columns_of, is_plain, joined_row, offsets_of
from etl.tables.cells import RowRead, conflict, doubted, misprinted, missing_row, slot_cells, unreadable_row
from etl.tables.digits import part_all
from etl.tables.heads import Heads, column_names, left_packed
from etl.tables.landmarks import Landmark, common, letters, vocabulary
from etl.tables.misprints import with_misprints
from etl.tables.regions import Place
from etl.tables.runs import Run, Span, read_run
from etl.tables.stream import Stream

_VALUE = re.compile(r"(?<!\S)(?:\d[\d,.]*|[-—/])(?!\S)")
_UNIT_OR_NOTHING = re.compile(r"(?:\([^()]{1,12}\))?")
_SHORTLY = 3
"""So many rows after another a common word still names its row: those between may be misprinted."""


class _Printed(Struct, frozen=True, gc=False):
    """A row's label where it stands, the run that follows it, and what the head above says about its columns."""

    mark: Landmark
    row: Row
    run: Run
    wanted: int
    place: str
    columns: tuple[int, ...]
    table: int
    other_unit: str | None


def read_rows(
    stream: Stream, place: Place | None, table: FormTable, group: int, *, others: Sequence[RowRead] = ()
) -> list[RowRead]:
    """One reading for each row of the table, missing ones included. `others`: the rows of the report's other table."""
    printed = list(_printed_rows(stream, place, table)) if place else []
    if place is None or not printed:
        return [missing_row(table.table_no, row) for row in table.rows]

    def shared() -> Setting:
        filled = all(row.whole and not row.has_blank for row in others)
        return _setting(stream, place, table, printed)._replace(group=group, filled=bool(others) and filled)

    settings = _Settings(printed, shared)
    readings: dict[str, list[RowRead]] = {}
    blocks = _columns_by_rows(printed)
    for each in printed:
        columns = _agreed(each.columns, blocks.get((each.table, each.wanted), ())) if each.run.exact else ()
        if is_plain(each.run, each.wanted, columns, group):
            told = slot_cells(table.table_no, each.row, each.run.filled)
        else:
            told = _reading(table, each, settings.of(each.row, columns))
        readings.setdefault(each.row.key, []).append(_checked(told, each))
    rows = [_settled(readings.get(row.key, [])) or missing_row(table.table_no, row) for row in table.rows]
    if not _above_labels(stream, place, printed):
        return rows
    return [doubted(row, "values stand above their labels") if row.whole else row for row in rows]


def _above_labels(stream: Stream, place: Place, printed: Sequence[_Printed]) -> bool:
    """Whether the values of each row stand before its label: those of one before the first, none after the last."""
    if printed[0].run.exact or printed[-1].run.filled:
        return False
    wanted = printed[0].wanted
    above = stream.text[stream.offset(place.start) : printed[0].mark.at.start]
    return wanted > LEAST_JOINED_ROWS and len(_VALUE.findall(above)) >= wanted


def _agreed(by_head: tuple[int, ...], by_rows: tuple[int, ...]) -> tuple[int, ...]:
    """The columns by the head where the rows have values there, else by the rows.

    A head cell with a wrong span moves those after it, so another order than the form's counts only when the total
    was put first.
    """
    if by_head == by_rows:
        return by_head
    left_to_right = by_rows or tuple(sorted(by_head))
    total_first = (*left_to_right[1:], *left_to_right[:1])
    if by_head == total_first:
        return by_head
    return by_rows or (by_head if by_head == left_to_right else ())


def _columns_by_rows(printed: Sequence[_Printed]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Grid columns of the values as most rows of each grid show them; a head with a wrong span does not."""
    runs: dict[tuple[int, int], list[Run]] = {}
    for each in printed:
        if each.run.exact:
            runs.setdefault((each.table, each.wanted), []).append(each.run)
    return {(table, wanted): columns_of(found, wanted) for (table, wanted), found in runs.items()}


def _printed_rows(stream: Stream, place: Place, table: FormTable) -> Iterator[_Printed]:
    words = vocabulary(table)
    marks = _told_apart(stream, words.landmarks(stream, place.start, place.end), table)
    marks = with_misprints(stream, marks, table, place.end)
    if not marks:
        return
    heads = Heads(stream, place, table)
    for mark, after in zip_longest(marks, marks[1:]):
        if mark.row is None:
            heads.add(mark)
            continue
        end = after.at.start if after and after.row else stream.offset(after.start if after else place.end)
        wanted = len(mark.row.columns)
        label = stream.atom(mark.at.last)
        span = Span(mark.at.end, end, label, wanted, words.among_values[mark.row.key])
        said = heads.about(mark.row, label)
        run = read_run(stream, span).without(said.others) if said.others else read_run(stream, span)
        yield _Printed(mark, mark.row, run, wanted, label.place, said.columns, label.table, said.other_unit)


def _told_apart(stream: Stream, marks: Sequence[Landmark], table: FormTable) -> list[Landmark]:
    """Labels whose words are too common count as rows only with their ordinal, or alone in their cell below a row that
    the form prints shortly before."""
    order = table.order
    last = len(order)
    told: list[Landmark] = []
    for mark in marks:
        if mark.row is None:
            told.append(mark)
            continue
        if mark.has_ordinal or not mark.row.needs_ordinal:
            told.append(mark)
            last = order[mark.row.key]
            continue
        alone = letters(stream.texts[mark.at.first]) == letters(mark.word)
        here = order[mark.row.key]
        names_row = alone and last < here <= last + _SHORTLY and not _follows_head(stream, told, mark, table)
        told.append(mark if names_row else Landmark(None, mark.word, mark.start, mark.end))
        last = here if names_row else last
    return told


def _follows_head(stream: Stream, before: Sequence[Landmark], mark: Landmark, table: FormTable) -> bool:
    """Whether the label stands right behind a head's word, as those of a head do that is repeated among the rows."""
    if not before or before[-1].row is not None:
        return False
    if before[-1].word not in common()["headers"] and letters(before[-1].word) not in column_names(table):
        return False
    in_its_row = mark.at.first in stream.row(stream.index_of(before[-1].start))
    return in_its_row and _UNIT_OR_NOTHING.fullmatch(stream.compact, before[-1].end, mark.start) is not None


class _Settings:
    """What the rest of a table tells about its rows, found out at the first row that does not speak for itself."""

    def __init__(self, printed: Sequence[_Printed], shared: Callable[[], Setting]) -> None:
        self._printed, self._shared = printed, shared
        self._found: Setting | None = None
        self._by_depth: dict[int, Setting] = {}

    def of(self, row: Row, columns: tuple[int, ...]) -> Setting:
        """The setting of a row whose values stand in these columns by the head: that of the rows of its depth, since a
        label of a group leaves as many cells blank as it has none below."""
        depth = _depth(row)
        if depth not in self._by_depth:
            self._found = self._found or self._shared()
            runs = [(each.run, each.wanted) for each in self._printed if _depth(each.row) == depth]
            self._by_depth[depth] = self._found._replace(offsets=offsets_of(runs, self._found.group))
        return self._by_depth[depth]._replace(columns=columns)


def _setting(stream: Stream, place: Place, table: FormTable, printed: Sequence[_Printed]) -> Setting:
    runs = [(each.run, each.wanted) for each in printed]
    joined = sum(joined_row(run, wanted) for run, wanted in runs) >= LEAST_JOINED_ROWS
    packed = left_packed(stream, stream.index_of(place.start), printed[0].mark.at.first, table)
    traceless = joined and any(sum(len(slot.text) for slot in run.slots) < wanted for run, wanted in runs)
    return Setting(left_packed=packed, joined=joined, traceless=traceless)


def _depth(row: Row) -> int:
    """In how many groups a row stands."""
    return row.label.count("/")


def _reading(table: FormTable, each: _Printed, setting: Setting) -> RowRead:
    assigned = assign(each.run, each.wanted, setting)
    if assigned is None:
        return unreadable_row(table.table_no, each.row, each.run, each.place, _ways(each, setting))
    return slot_cells(table.table_no, each.row, assigned.slots, parted=assigned.parted)


def _checked(told: RowRead, each: _Printed) -> RowRead:
    """The row with what its label and the head above it leave in doubt."""
    if not told.whole:
        return told
    told = misprinted(told, each.mark.word, each.row) if each.mark.misprinted else told
    in_doubt = each.other_unit is not None and any(cell.value for cell in told.cells)
    return doubted(told, f"the head says {each.other_unit}", "V4") if in_doubt else told


def _ways(each: _Printed, setting: Setting) -> tuple[tuple[int, ...], ...]:
    """The ways to part a row of joined digits whose own sum holds."""
    slots = each.run.filled
    if not setting.joined or each.run.torn or not slots or len({slot.index for slot in slots}) > 1:
        return ()
    return part_all([slot.text for slot in slots], each.wanted, setting.group)


def _settled(readings: Sequence[RowRead]) -> RowRead | None:
    """The one reading of a row's labels: a label without values gives way, equal ones are one, others conflict."""
    if len(readings) <= 1:
        return readings[0] if readings else None
    kept = [reading for reading in readings if not reading.bare] or list(readings[:1])
    return kept[0] if len({reading.printed for reading in kept}) == 1 else conflict(kept)
