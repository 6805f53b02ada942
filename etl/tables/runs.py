"""What stands between two labels: a run of slots, each a printed value, a printed blank or an odd text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, count
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from etl.tables.landmarks import LONGEST_LABEL, letters
from etl.tables.stream import LONG_LINE, Atom, Slot, Stream
from etl.tables.values import printable

_LAST_ORDINAL = re.compile(
    r"(?:[(][一二三四五六七八九十]{1,3}[)][、.,:]*|[一二三四五六七八九十]{1,2}[、.,:)]+|[(]?\d[)、.])\s*$"
)
_FIRST_ORDINAL = re.compile(r"[(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)、.,](?!\d)")
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_ORDINAL_ALONE = re.compile(r"[(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)、.,]+|[(][一二三四五六七八九十]{1,2}")
_NUMBERED = re.compile(r"\s*\d{1,3}\s+(?=[^\d\s])")
_FIRST_CELLS = 3
"""Among so many cells of a row stands its label, where they are not blank."""
_TEXT = attrgetter("text")
_ODD_LENGTH = 8
_MOST_WITHOUT_SUM = 3
"""Rows of more values have a sum, which tells whether a line end cut the last one."""


class Run(Struct, frozen=True, gc=False):
    """The slots of one row.

    `exact`: they are cells of an exact grid. `shows_blanks`: they are cells, so that a blank is a slot too.
    `wrapped`: a line that had values was followed by a line of nothing else, which may be a page number or their rest.
    `rest` is the unknown text that ended it; `torn` when it stands right at a value, which may go on in it, or when an
    ordinal before the values makes them another row's.
    `gap_at_break`: its cells go on in another row, and a blank that stands there may be no cell.
    `filled` are the slots that are not blank, `filled_columns` where they stand in an exact grid.
    """

    slots: tuple[Slot, ...]
    filled: tuple[Slot, ...]
    filled_columns: tuple[int, ...]
    exact: bool
    shows_blanks: bool
    wrapped: bool
    rest: str
    rest_place: str
    torn: bool = False
    gap_at_break: bool = False

    @property
    def is_full(self) -> bool:
        """No slot is blank."""
        return len(self.filled) == len(self.slots)

    def without(self, columns: frozenset[int]) -> Run:
        """The run without what stands in these columns; nothing can be told where only they hold something."""
        own = tuple([slot for slot in self.slots if slot.column not in columns])
        if len(own) == len(self.slots) or not self.filled:
            return self
        filled = filled_of(own)
        if not filled:
            return replace(self, torn=True)
        rest = (self.wrapped, self.rest, self.rest_place, self.torn, self.gap_at_break)
        return Run(own, filled, _columns_of(filled), self.exact, self.shows_blanks, *rest)


class Span(Struct, frozen=True, gc=False):
    """The stretch of `Stream.text` between a label and the next, the atom that the label ends in, how many values the
    row wants, and the letters of labels that may stand among them."""

    start: int
    end: int
    label: Atom
    wanted: int
    ignorable: tuple[str, ...]


class _Stop(Exception):  # noqa: N818 - the end of a run, no fault
    """Text that is neither a value nor known; carries the text and whether it stands right at what precedes it."""

    def __init__(self, text: str, torn: bool) -> None:
        super().__init__(text)
        self.text, self.torn = text, torn


def _value_pattern() -> str:
    units = "|".join(map(re.escape, sorted(printable().units, key=len, reverse=True)))
    dashes = "|".join(map(re.escape, sorted(printable().dashes, key=len, reverse=True)))
    after = r"(?![0-9\u4e00-\u9fff%]|[、.]|,\d{3}(?!\d))"
    number = rf"(?<![0-9.])[+-]?{_DIGITS}(?:\s?(?:{units}))?{after}"
    dash = rf"(?<![^\s/|0-9—-])(?<!--)(?:{dashes})(?!(?<=-)-)(?=$|[\s/|—-])"
    return f"{number}|{dash}"


_VALUE = re.compile(_value_pattern())
_TOKEN = re.compile(rf"{_VALUE.pattern}|(?P<other>[^\s|]+)")


def read_run(stream: Stream, span: Span) -> Run:
    """The run of a row: in a grid the cells to the right of its label, else all values up to the next label.

    On lines blanks cannot be seen and values are told apart by white space.
    """
    if span.label.exact:
        return _plain_row(stream, span) or _Reader(stream, span).grid_row()
    return _Reader(stream, span).atoms_from_label()


def _plain_row(stream: Stream, span: Span) -> Run | None:
    """The row of a grid where nothing but whole numbers and blanks stands right of its label's cell."""
    label = span.label
    first, end = label.index + 1, label.below
    if label.end > span.start or stream.starts[end - 1] >= span.end:
        return None
    texts = stream.texts[first:end]
    if not "".join(texts).isdecimal():
        return None
    below = next(filter(None, stream.texts[end : end + _FIRST_CELLS]), "")
    if (not below or is_value(below.strip())) and _is_cut_off(stream, end, label.table):
        return None
    return _of_cells(stream, texts, first, label.column + 1)


def _is_cut_off(stream: Stream, index: int, table: int) -> bool:
    """Whether a row of that table holds values and no label: a page break cut them off another row."""
    if not 0 <= index < len(stream.texts):
        return False
    row = stream.row(index)
    holds = False
    for text in map(str.strip, stream.texts[row.start : row.stop]):
        if text and not is_value(text):
            return False
        holds = holds or bool(text)
    return holds and stream.table_at(index) == table


def read_cells(stream: Stream, row: range) -> Run:
    """The run that consists of whole cells of a grid."""
    return _of_cells(stream, list(map(str.strip, stream.texts[row.start : row.stop])), row.start, 0)


def _of_cells(stream: Stream, texts: list[str], first: int, column: int) -> Run:
    slots = _slots_of(stream, texts, first, column)
    columns = tuple(compress(count(column), texts))
    filled = tuple(compress(slots, texts))
    return Run(slots, filled, columns, exact=True, shows_blanks=True, wrapped=False, rest="", rest_place="")


def _slots_of(stream: Stream, texts: list[str], first: int, column: int) -> tuple[Slot, ...]:
    """Neighbouring atoms of a row as slots, with their texts as given."""
    return tuple(map(Slot, texts, stream.places[first : first + len(texts)], count(first), count(column)))


def filled_of(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The slots that are not blank."""
    return tuple([slot for slot in slots if slot.text])


def _columns_of(slots: tuple[Slot, ...]) -> tuple[int, ...]:
    """The grid columns of slots."""
    return tuple([slot.column for slot in slots])


class _Reader:
    """Gathers the slots of one span."""

    def __init__(self, stream: Stream, span: Span) -> None:
        self._stream, self._span = stream, span
        self._slots: list[Slot] = []
        self._rest = self._rest_place = ""
        self._wrapped = self._shows_blanks = self._torn = self._gap_at_break = self._ordinal = False

    def grid_row(self) -> Run:
        stream, label = self._stream, self._span.label
        self._take_line(label)
        row = stream.row(label.index)
        below = max(label.index + 1, min(row.stop, stream.index_from(self._span.end)))
        for index in range(label.index + 1, below):
            text = stream.texts[index].strip()
            if not text or text.isdecimal() or not _holds_label(text, self._span.ignorable):
                self._slots.append(Slot(text, stream.places[index], index, index - row.start))
        self._shows_blanks = True
        if any(map(_TEXT, self._slots)):
            self._wrapped = _is_cut_off(stream, below, label.table) and self._goes_on(stream.row(below))
        else:
            beside = (row.start - 1, below)
            self._torn = self._torn or any(_is_cut_off(stream, index, label.table) for index in beside)
        return self._run(exact=True)

    def _goes_on(self, row: range) -> bool:
        """Whether all values of a row stand under figures, as the other halves of numbers that a page break cut do."""
        figures = {slot.column for slot in self._slots if any(map(str.isdigit, slot.text))}
        return all(index - row.start in figures for index in row if self._stream.texts[index].strip())

    def atoms_from_label(self) -> Run:
        stream, label, wanted = self._stream, self._span.label, self._span.wanted
        self._take_line(label)
        inline = bool(self._slots)
        first, end = label.index + 1, stream.index_from(self._span.end)
        if not (inline or self._rest or self._ordinal):
            texts = self._numbers(first, end)
            self._shows_blanks = bool(texts) and label.in_table
            self._slots += _slots_of(stream, texts, first, label.column + 1)
            first += len(texts)
        for atom in stream.atoms(first, self._end_of_row(end)) if first < end else ():
            if self._rest:
                break
            if atom.in_table:
                if not (label.in_table and self._of_next_row(atom)):
                    self._take_cell(atom)
                continue
            if (inline or label.in_table) and len(self._slots) >= wanted:
                self._wrapped = self._wrapped or (wanted > _MOST_WITHOUT_SUM and atom.text.isdecimal())
                break
            self._wrapped = self._wrapped or (inline and atom.end <= self._span.end and bool(atom.text.strip()))
            self._take_line(atom)
        return self._run(exact=False)

    def _end_of_row(self, end: int) -> int:
        """Index after the row's atoms, which are in the span. Cells before the label that ends the span are of that
        label's row, whose number they may be."""
        stream, label = self._stream, self._span.label
        if not label.in_table or self._span.end >= len(stream.text):
            return end
        ahead = stream.atom(stream.index_at(self._span.end))
        return ahead.index - ahead.column if ahead.in_table and ahead.below != label.below else end

    def _numbers(self, first: int, end: int) -> list[str]:
        """The texts of the cells right of the label, or of the lines below it, where they are whole numbers and blank
        cells, as most are."""
        stream, label = self._stream, self._span.label
        after = min(end, label.below) if label.in_table else end
        texts = list(map(str.strip, stream.texts[first:after]))
        joined = "".join(texts)
        if (joined and not joined.isdecimal()) or (texts and stream.starts[after] - 1 > self._span.end):
            return []
        return texts if label.in_table or (all(texts) and stream.are_short_lines(first, after)) else []

    def _of_next_row(self, atom: Atom) -> bool:
        """Whether a cell is of the next row: a blank before any value, since a row that a page break cut goes on with a
        value."""
        last = self._stream.atom(self._slots[-1].index) if self._slots else self._span.label
        return not atom.text and not _same_row(atom, last)

    def _inside(self, atom: Atom) -> str:
        """What of the atom lies in the span; the ordinal of the label that ends the span is no part of it."""
        start, end = self._span.start, self._span.end
        if atom.end <= end:
            return atom.text if start <= atom.start else atom.text[start - atom.start :]
        text = self._stream.text[max(atom.start, start) : end]
        return "" if self._is_row_number(text, atom) else _LAST_ORDINAL.sub("", text)

    def _is_row_number(self, text: str, atom: Atom) -> bool:
        """Whether a number before the next label counts lines, as those before this row's label and above it do."""
        if atom.in_table or not text.strip().isdecimal():
            return False
        own, here = self._span.label.index, atom.index
        return 0 < own < here and all(
            _line_number(self._stream.texts[index]) == int(text) - here + index for index in (own - 1, own)
        )

    def _take_cell(self, atom: Atom) -> None:
        text = self._inside(atom).strip()
        self._shows_blanks = True
        if not text.isdecimal() and not self._is_slot(text, atom):
            return
        last = self._slots[-1] if self._slots else None
        if last is not None and not (last.text and text) and not _same_row(atom, self._stream.atom(last.index)):
            self._gap_at_break = True
        self._torn = self._torn or (self._ordinal and bool(text))
        self._slots.append(atom if text == atom.text else Slot(text, atom.place, atom.index, -1))

    def _is_slot(self, text: str, atom: Atom) -> bool:
        """Whether a cell holds a value, a blank or an odd text; another text ends the run."""
        if not text:
            return atom.end <= self._span.end
        if is_value(text):
            return True
        self._note_ordinal(text)
        opens_next = atom.end > self._span.end and not letters(text)
        if opens_next or _is_label(text, self._span.ignorable):
            return False
        full = len([slot for slot in self._slots if slot.text]) >= self._span.wanted
        if full or len(text) > _ODD_LENGTH or _FIRST_ORDINAL.match(text):
            self._rest, self._rest_place = text, atom.place
            return False
        return True

    def _note_ordinal(self, text: str) -> None:
        """Remember an ordinal before any value: what follows it is another row's, whose label goes on below."""
        if _ORDINAL_ALONE.fullmatch(text) and not any(slot.text for slot in self._slots):
            self._ordinal = True

    def _take_line(self, atom: Atom) -> None:
        if atom.end <= self._span.start:
            return
        text = self._inside(atom)
        words = text.split()
        if not words:
            return
        if atom.end - atom.start <= LONG_LINE and "".join(words).isdecimal():
            self._torn = self._torn or self._ordinal
            self._slots += [Slot(word, atom.place, atom.index, -1) for word in words]
            return
        try:
            for slot in self._line_slots(text, atom):
                self._slots.append(slot)
        except _Stop as stop:
            self._rest, self._rest_place, self._torn = stop.text, atom.place, stop.torn

    def _line_slots(self, text: str, atom: Atom) -> Iterator[Slot]:
        start = max(atom.start, self._span.start)
        for found in _TOKEN.finditer(text):
            token = found[0]
            if found.lastgroup == "other":
                if _ignored(token, self._span.ignorable):
                    self._note_ordinal(token)
                    continue
                odd = len(token) <= _ODD_LENGTH and any(char.isdigit() for char in token)
                if not odd or _FIRST_ORDINAL.match(token) or len(self._slots) >= self._span.wanted:
                    torn = text[found.start() - 1 : found.start()].isdigit()
                    raise _Stop(text[found.start() :], torn)
            self._torn = self._torn or self._ordinal
            yield Slot(token, atom.place_at(start + found.start()), atom.index, -1)

    def _run(self, *, exact: bool) -> Run:
        slots = tuple(self._slots)
        filled = filled_of(slots)
        return Run(
            slots,
            filled,
            _columns_of(filled) if exact else (),
            exact,
            self._shows_blanks,
            self._wrapped,
            self._rest,
            self._rest_place,
            self._torn,
            self._gap_at_break,
        )


def _line_number(text: str) -> int | None:
    found = _NUMBERED.match(text)
    return int(found[0]) if found else None


def _same_row(one: Atom, other: Atom) -> bool:
    return one.below == other.below


def is_value(text: str) -> bool:
    """Whether a text is a value as a whole: a number, with its unit or not, or what stands for none."""
    if text.isdecimal():
        return True
    return _is_short_value(text) if len(text) <= LONGEST_LABEL else _VALUE.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _is_short_value(text: str) -> bool:
    """Most texts that are asked about are labels of the form: kept."""
    return _VALUE.fullmatch(text) is not None


def _is_label(text: str, ignorable: Sequence[str]) -> bool:
    """Whether a cell holds a known label or a unit; one of signs only is a cell all the same, or those after it would
    move."""
    bare = letters(text)
    return bool(bare) and (any(bare in known for known in ignorable) or bare in printable().units)


def _holds_label(text: str, ignorable: Sequence[str]) -> bool:
    """Whether a cell of a row holds a label or a unit and no value, whose sign may be in a label too."""
    return bool(text) and not is_value(text) and _is_label(text, ignorable)


def _ignored(token: str, ignorable: Sequence[str]) -> bool:
    return not letters(token) or _is_label(token, ignorable)
