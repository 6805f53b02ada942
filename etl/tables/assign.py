"""A run of slots to the columns of its row: whose value is whose, or None where that cannot be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from etl.tables.digits import NO_SUMS, closes, part_surely
from etl.tables.runs import Run
from etl.tables.stream import Slot
from etl.tables.values import printable

_TEXT = attrgetter("text")
_LEADING_ZERO = re.compile("0.")
_REPEATED = 3
LEAST_JOINED_ROWS = 2
"""So many rows of one token with a digit for each column make it sure that the file runs digits together."""


class Setting(NamedTuple):
    """What the rest of the table tells about its rows.

    `columns`: grid column of each value by the head, empty when unknown. `left_packed`: merged cells were dropped, so
    that values follow the label at once. `offsets`: first value's position in rows without blanks, by length of row.
    `joined`: digits of neighbouring cells run together in this file. `group`: so many values end with their sum.
    `filled`: no cell of the report is blank. `traceless`: blanks have left no trace, as rows of too few digits show.
    """

    columns: tuple[int, ...] = ()
    left_packed: bool = False
    offsets: Mapping[int, int] = MappingProxyType({})
    joined: bool = False
    group: int = NO_SUMS
    filled: bool = False
    traceless: bool = False


class Assigned(Struct, frozen=True, gc=False):
    """`slots`: one for each column. `parted`: the sums told the digits apart. `needs_sums`: to be believed only when
    the row's sums hold. `placed`: each is the printed cell of its column, so that none was lost."""

    slots: tuple[Slot, ...]
    parted: bool = False
    needs_sums: bool = False
    placed: bool = False


def offsets_of(runs: Sequence[tuple[Run, int]], group: int) -> dict[int, int]:
    """Where values begin in rows that tell it, by length of row; lengths whose rows differ are left out."""
    seen: dict[int, set[int]] = {}
    for run, wanted in runs:
        start = _start_told(run, wanted, group) if run.shows_blanks else None
        if start is not None:
            seen.setdefault(len(run.slots), set()).add(start)
    return {length: starts.pop() for length, starts in seen.items() if len(starts) == 1}


def _start_told(run: Run, wanted: int, group: int) -> int | None:
    """Where the values of a row begin that has one contiguous value for each column, or blanks among the parts of its
    last value, which is their sum and more than 0."""
    if run.is_full:
        return 0 if len(run.slots) == wanted else None
    at = [index for index, slot in enumerate(run.slots) if slot.text]
    if _may_repeat(run.slots):
        return None
    if len(at) == wanted:
        return at[0] if at[-1] - at[0] == wanted - 1 else None
    start = at[-1] + 1 - wanted if at and group == wanted else -1
    return start if 0 <= start <= at[0] and _total_speaks(run.slots[start : at[-1] + 1], group) else None


def columns_of(runs: Sequence[Run], wanted: int) -> tuple[int, ...]:
    """Grid columns of the values in most of the rows of an exact grid that have one for each of several columns; empty
    when rows differ."""
    if wanted <= LEAST_JOINED_ROWS:
        return ()
    seen = [run.filled_columns for run in runs if len(run.filled) == wanted]
    columns = max(set(seen), key=seen.count, default=())
    times = seen.count(columns)
    return columns if times >= LEAST_JOINED_ROWS and 2 * times > len(seen) else ()


def joined_row(run: Run, wanted: int) -> bool:
    """Whether digits of this row surely run together: a token begins with a zero that no number begins with, or the
    only token has a digit for each of several columns."""
    if run.shows_blanks:
        return False
    texts = [slot.text for slot in run.slots if slot.text.isdecimal()]
    if any(map(_LEADING_ZERO.match, texts)):
        return True
    return wanted > LEAST_JOINED_ROWS and len(run.slots) == len(texts) == 1 and len(texts[0]) >= wanted


def is_plain(run: Run, wanted: int, columns: tuple[int, ...], group: int) -> bool:
    """Whether each filled slot is the value of its column without a look at other rows: as many as the row wants, in
    the columns of the head, in neighbouring cells, on one line, or with sums that hold."""
    filled = run.filled
    if len(filled) != wanted or run.torn or run.wrapped:
        return False
    if run.exact:
        return run.filled_columns == columns
    if run.shows_blanks:
        return run.is_full or not (_has_gap(run) or _may_repeat(run.slots))
    return filled[0].index == filled[-1].index or texts_hold(filled, group)


def assign(run: Run, wanted: int, setting: Setting) -> Assigned | None:
    """The slots by column, None when more than one way is open."""
    if run.torn:
        return None
    for way in _WAYS:
        found = way(run, wanted, setting)
        if found is not None:
            return found if _believed(found, setting.group) else None
    return None


def _believed(found: Assigned, group: int) -> bool:
    """Where sums must hold they hold; where blanks stand among values the sums do not speak for a shift by a place."""
    if found.needs_sums:
        return texts_hold(found.slots, group)
    if group == NO_SUMS or all(map(_TEXT, found.slots)):
        return True
    groups = (found.slots[at : at + group] for at in range(0, len(found.slots), group))
    return all((found.placed and not slots[-1].text) or _not_shifted(slots) for slots in groups)


def _not_shifted(slots: Sequence[Slot]) -> bool:
    """Whether blanks in a group stand where they were printed, as far as its sum can tell.

    A row that lost a cell ends in a blank total. One blank part is an agency's slip, which the checks will name;
    several beside a sum that fails are not believed.
    """
    filled = [slot for slot in slots if slot.text]
    blanks = len(slots) - len(filled)
    if blanks == 0 or not filled:
        return True
    if not slots[-1].text:
        return blanks > 1 and all(slot.text == "0" or slot.text in printable().dashes for slot in filled)
    return blanks == 1 or texts_hold(with_zeros(slots), len(slots))


def _by_columns(run: Run, wanted: int, setting: Setting) -> Assigned | None:
    if not run.exact or len(setting.columns) != wanted:
        return None
    columns = setting.columns
    by_column = {slot.column: slot for slot in run.slots if slot.column >= 0}
    if any(map(_TEXT, [slot for slot in run.slots if slot.column not in columns])):
        return None
    if not by_column.keys() >= set(columns):
        return None
    return Assigned(tuple([by_column[column] for column in columns]), needs_sums=run.wrapped, placed=True)


def _all_filled(run: Run, wanted: int, setting: Setting) -> Assigned | None:
    filled = run.filled
    if len(filled) == wanted == 2 and run.exact and _beside_a_blank(run, setting.columns):
        return None
    if len(filled) != wanted or (run.shows_blanks and _may_repeat(run.slots)):
        return None
    if setting.group == NO_SUMS:
        return Assigned(filled, needs_sums=run.wrapped)
    moved = _out_of_place(run, setting)
    if moved and run.exact and not _some(filled, setting.group):
        return None
    return Assigned(filled, needs_sums=run.wrapped or moved or _took_a_blank(run, filled, setting.group))


def _some(slots: Sequence[Slot], group: int) -> bool:
    """Whether a total is more than 0, so that the sums say something."""
    return any(slot.text.strip("0") and slot.text not in printable().dashes for slot in slots[group - 1 :: group])


def _took_a_blank(run: Run, filled: tuple[Slot, ...], group: int) -> bool:
    """Whether a value on a line of its own may be a page number and a blank cell have left no trace: without it the
    others end with their sum."""
    if run.shows_blanks or len(filled) != group or filled[0].index == filled[-1].index or texts_hold(filled, group):
        return False
    alone = Counter(slot.index for slot in filled)
    rests = [filled[:at] + filled[at + 1 :] for at, slot in enumerate(filled) if alone[slot.index] == 1]
    return any(rest[-1].text != "0" and texts_hold(rest, group - 1) for rest in rests)


def _beside_a_blank(run: Run, columns: Sequence[int]) -> bool:
    """Whether a column of the head is blank and a value stands in none of them, such as last year's."""
    blank = any(slot.column in columns for slot in run.slots if not slot.text)
    return blank and any(slot.column not in columns for slot in run.filled)


def _may_repeat(slots: Sequence[Slot]) -> bool:
    """Whether a blank and two equal values may be a blank and one value, written twice where cells were merged."""
    return len(slots) == _REPEATED and not slots[0].text and slots[1].text == slots[2].text


def _out_of_place(run: Run, setting: Setting) -> bool:
    """Whether values stand with a blank among them, or in other columns of a grid than the head's: one of them may be
    of a column that the form lacks, or the rest of a number that a line end cut."""
    if run.exact and setting.columns:
        return run.filled_columns != setting.columns
    return (run.exact or not run.is_full) and _has_gap(run)


def _has_gap(run: Run) -> bool:
    """Whether a cell without a value is among those with one."""
    at = run.filled_columns if run.exact else [index for index, slot in enumerate(run.slots) if slot.text]
    return at[-1] - at[0] >= len(at)


def _repeated(run: Run, wanted: int, _: Setting) -> Assigned | None:
    """One value in each of the cells that were merged, as tools write them that know no merged cells; or two, the
    second in the last two of three."""
    texts = [slot.text for slot in run.slots]
    if not run.shows_blanks or not all(texts):
        return None
    once = wanted == 1 and len(set(texts)) == 1
    last_twice = wanted == 2 and len(texts) == _REPEATED and texts[1] == texts[2]
    return Assigned(run.filled[:wanted]) if once or last_twice else None


def _blank(run: Run, wanted: int, _: Setting) -> Assigned | None:
    seen_all = run.shows_blanks and len(run.slots) >= wanted
    if run.filled or (run.rest and not seen_all) or (run.exact and not run.slots):
        return None
    nothing = run.slots[0] if run.slots else Slot("", run.rest_place, -1, -1)
    return Assigned((nothing,) * wanted)


def _by_position(run: Run, wanted: int, setting: Setting) -> Assigned | None:
    """Blanks among the values: only where the first column's position is known."""
    if not run.shows_blanks or run.gap_at_break or len(run.filled) > wanted:
        return None
    start = _first_position(run, wanted, setting)
    if start is None:
        return None
    chosen = run.slots[start : start + wanted]
    outside = (*run.slots[:start], *run.slots[start + wanted :])
    if any(slot.text for slot in outside):
        return None
    moved = run.exact and bool(setting.columns) and tuple(slot.column for slot in chosen) != setting.columns
    if len(chosen) != wanted or (moved and not _total_speaks(chosen, setting.group)):
        return None  # which side lacks them only the sum can tell
    if run.exact and not setting.columns and 0 < setting.group < wanted < len(run.slots) and not chosen[-1].text:
        return None  # nor which side has a cell more
    return Assigned(chosen, placed=run.exact and len(run.slots) == wanted)


def _total_speaks(slots: Sequence[Slot], group: int) -> bool:
    """Whether the last slot is the sum of the others, blanks counting nothing, and more than 0."""
    return slots[-1].text not in {"", "0", *printable().dashes} and texts_hold(with_zeros(slots), group)


def with_zeros(slots: Sequence[Slot]) -> list[Slot]:
    """The slots, a zero in place of each blank."""
    return [slot if slot.text else Slot("0", slot.place, slot.index, slot.column) for slot in slots]


def _first_position(run: Run, wanted: int, setting: Setting) -> int | None:
    length = len(run.slots)
    if length in setting.offsets:
        return setting.offsets[length]
    if run.exact:
        return length - wanted if length >= wanted else None
    if setting.left_packed and length >= wanted:
        return 0
    if length == wanted and run.slots[0].text:
        return 0
    return None


def _by_parting(run: Run, wanted: int, setting: Setting) -> Assigned | None:
    """Digits that run together, where the file is known to do that."""
    slots = run.filled
    if not setting.joined or run.shows_blanks or not slots or len({slot.index for slot in slots}) > 1:
        return None
    numbers = part_surely(
        [slot.text for slot in slots], wanted, setting.group, filled=setting.filled, blanks=setting.traceless
    )
    if numbers is None:
        return None
    first = slots[0]
    by_sums = sum(len(slot.text) for slot in slots) != wanted
    return Assigned(tuple(Slot(str(number), first.place, first.index, -1) for number in numbers), parted=by_sums)


def _by_leaving_out(run: Run, wanted: int, setting: Setting) -> Assigned | None:
    """One value too many, such as a page number on a line of its own: the sums say which, if only one way holds."""
    filled = run.filled
    if len(filled) != wanted + 1 or run.shows_blanks or wanted <= LEAST_JOINED_ROWS:
        return None
    alone = Counter(slot.index for slot in filled)
    ways = {
        tuple(slot.text for slot in rest): rest
        for index, slot in enumerate(filled)
        if alone[slot.index] == 1
        for rest in [filled[:index] + filled[index + 1 :]]
        if texts_hold(rest, setting.group)
    }
    return Assigned(next(iter(ways.values()))) if len(ways) == 1 else None


_WAYS = (_by_columns, _all_filled, _repeated, _blank, _by_position, _by_parting, _by_leaving_out)


def texts_hold(slots: Sequence[Slot], group: int) -> bool:
    """Whether the slots are whole numbers whose sums hold, a dash adding nothing; a row without sums never holds."""
    texts = [slot.text for slot in slots]
    if not all(map(str.isdecimal, texts)):
        dashes = printable().dashes
        texts = ["0" if text in dashes else text.replace(",", "") for text in texts]
    return all(map(str.isdecimal, texts)) and closes(list(map(int, texts)), group)
