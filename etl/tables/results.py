"""Table 4: its head lists the results of reviews and of both kinds of lawsuits, fifteen values follow in one row."""

from __future__ import annotations

from collections.abc import Sequence

from etl.form import FormTable
from etl.tables.assign import Assigned, Setting, assign, joined_row, texts_hold, with_zeros
from etl.tables.cells import RowRead, missing_row, slot_cells, unreadable_row
from etl.tables.landmarks import letters
from etl.tables.regions import Regions
from etl.tables.runs import Run, Span, read_cells, read_run
from etl.tables.stream import Slot, Stream

_MOST_SLIPS = 2


def read_results(stream: Stream, regions: Regions, table: FormTable, *, joined: bool) -> list[RowRead]:
    """The three rows of table 4; all missing when its head is not found. `joined`: digits run together in this file."""
    head = regions.result_head
    if head is None:
        return [missing_row(table.table_no, row) for row in table.rows]
    group = len(table.rows[0].columns)
    wanted = group * len(table.rows)
    start, end = stream.end_offset(head.end), stream.offset(regions.end)
    last = stream.index_at(start - 1)
    if stream.atom(last).exact or _is_full_row(stream, last, wanted):
        run, columns = _grid_run(stream, last, wanted)
        if not run.slots:
            return [missing_row(table.table_no, row) for row in table.rows]
        setting = Setting(columns=columns, group=group)
    else:
        run = read_run(stream, Span(start, end, stream.atom(last), wanted, (stream.compact[head.start : head.end],)))
        setting = Setting(joined=joined or joined_row(run, wanted), group=group)
    assigned = assign(run, wanted, setting) or _led_by_blanks(run, wanted, group)
    if assigned is None or (not run.exact and _looks_shifted(assigned.slots, group)):
        return [unreadable_row(table.table_no, row, run, stream.places[last]) for row in table.rows]
    return [
        slot_cells(table.table_no, row, assigned.slots[start : start + group], parted=assigned.parted)
        for start, row in zip(range(0, wanted, group), table.rows, strict=True)
    ]


def _led_by_blanks(run: Run, wanted: int, group: int) -> Assigned | None:
    """A row that begins with a blank, with a cell for every value: believed where a total above 0 speaks for it.

    An empty cell before a row that lost its last one would look the same, but each total would stand in the group
    after its own. The head's last row has no labels under the reviews, so that a group of blanks may fill it up.
    """
    start = len(run.slots) - wanted
    if run.torn or not run.shows_blanks or start not in (0, group) or any(slot.text for slot in run.slots[:start]):
        return None
    slots = run.slots[start:]
    told = any(slot.text.strip("0").isdecimal() for slot in slots[group - 1 :: group])
    return Assigned(slots) if told and texts_hold(with_zeros(slots), group) else None


def _looks_shifted(slots: Sequence[Slot], group: int) -> bool:
    """Whether two of the three sums fail: one is an agency's slip, two are values that moved by a place."""
    if texts_hold(slots, group):
        return False
    groups = [slots[at : at + group] for at in range(0, len(slots), group)]
    known = [part for part in groups if all(slot.text for slot in part)]
    return sum(1 for part in known if not texts_hold(part, group)) >= _MOST_SLIPS


def _is_full_row(stream: Stream, last: int, wanted: int) -> bool:
    """Whether a text table's last head row and the row under it have a cell for every value."""
    head = stream.row(last)
    if not stream.atom(last).in_table or len(head) != wanted or head.stop >= len(stream.texts):
        return False
    return len(stream.row(head.stop)) == wanted and stream.table_at(head.stop) == stream.table_at(last)


def _grid_run(stream: Stream, last: int, wanted: int) -> tuple[Run, tuple[int, ...]]:
    """The first row under the head of an exact grid that has a value, and the columns of the head's last row; where
    the grid ends with its head, the row of as many cells that the next one begins with."""
    head = stream.row(last)
    columns = tuple([index - head.start for index in head if stream.texts[index].strip()])
    table = stream.table_at(last)
    row, index = range(0), head.stop
    while index < len(stream.texts) and stream.table_at(index) == table:
        row = stream.row(index)
        if any(map(str.strip, stream.texts[row.start : row.stop])):
            break
        index = row.stop
    if not row:
        index = _after_a_break(stream, index)
        row = stream.row(index) if index < len(stream.texts) and stream.atom(index).exact else row
        row = row if len(row) == wanted else range(0)
    return read_cells(stream, row), columns if len(columns) == wanted else ()


def _after_a_break(stream: Stream, index: int) -> int:
    """The index itself, or the next one when only a page's number stands there."""
    if index == len(stream.texts) or stream.atom(index).in_table:
        return index
    return index + 1 if (letters(stream.texts[index]) or "0").isdecimal() else index
