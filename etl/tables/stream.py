"""A Document as one string to search labels in, with the way back from every character to its cell or line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, chain, pairwise, starmap

from msgspec import Struct

from etl.document import Document, Paragraph
from etl.text import narrow

_WORD = re.compile(r"\S+")
_SPACE = re.compile(r"\s")
LONG_LINE = 200
"""In a longer line a place tells the character too."""


class Slot(Struct, frozen=True, gc=False):
    """One printed value: its text (empty for a printed blank), place, the index of its atom and its grid column."""

    text: str
    place: str
    index: int
    column: int


class Atom(Slot, frozen=True, gc=False):
    """A cell of a table, or a line of prose, a slot itself where it holds nothing but a value.

    `start` and `end` are offsets in `Stream.text`, `below` is the index after the row's last cell.
    """

    start: int
    end: int
    below: int
    table: int
    in_table: bool
    exact: bool

    def place_at(self, offset: int) -> str:
        """The place of one character; lines that hold a whole report are told apart by character."""
        if self.end - self.start <= LONG_LINE:
            return self.place
        return f"{self.place} character {offset - self.start + 1}"


class Stretch(Struct, frozen=True, gc=False):
    """Some characters of `Stream.text`, and the atoms that hold the first and the last of them."""

    start: int
    end: int
    first: int
    last: int


class Stream:
    """`text` holds every atom, half-width, a line end after each; `compact` the same without white space.

    `texts` are those of all cells and lines of prose in reading order, half-width, `places` where the document has
    them, `starts` where they stand in `text`. Atoms are made when they are asked for, since most cells never are.
    """

    def __init__(self, document: Document) -> None:
        texts: list[str] = []
        self.places: list[str] = []
        self._rows: list[int] = []
        self._kinds: list[tuple[int, bool, bool]] = []
        for number, block in enumerate(document.blocks):
            if isinstance(block, Paragraph):
                self._rows.append(len(texts))
                self._kinds.append((number, False, False))
                texts.append(block.text)
                self.places.append(block.place)
                continue
            kind = (number, True, block.exact)
            for row in block.rows:
                self._rows.append(len(texts))
                self._kinds.append(kind)
                texts += row.texts
                self.places += row.places
        self._rows.append(len(texts))
        self.text = narrow(_joined(texts))
        self.texts = self.text.split("\n") if texts else []
        self.starts = list(accumulate([len(text) + 1 for text in self.texts], initial=0))
        squeezed = ["".join(text.split()) if text and not text.isalnum() else text for text in self.texts]
        self._compact_starts = list(accumulate(map(len, squeezed), initial=0))
        self._origins: dict[int, list[int]] = {}
        self.compact = "".join(squeezed)

    def atom(self, index: int) -> Atom:
        """The atom at an index."""
        after = bisect_right(self._rows, index)
        table, in_table, exact = self._kinds[after - 1]
        column, below = index - self._rows[after - 1], self._rows[after]
        text, place, start = self.texts[index], self.places[index], self.starts[index]
        return Atom(text, place, index, column, start, start + len(text), below, table, in_table, exact)

    def index_at(self, offset: int) -> int:
        """Index of the atom that holds a character of `text`."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def index_of(self, compact_offset: int) -> int:
        """Index of the atom that holds a character of `compact`."""
        return bisect_right(self._compact_starts, compact_offset) - 1

    def index_from(self, offset: int) -> int:
        """Index of the first atom that begins at or after an offset in `text`."""
        return bisect_left(self.starts, offset)

    def are_short_lines(self, first: int, after: int) -> bool:
        """Whether the atoms between two indexes are lines of prose, short in all."""
        if self.starts[after] - 1 - self.starts[first] > LONG_LINE:
            return False
        kinds = self._kinds[bisect_right(self._rows, first) - 1 : bisect_left(self._rows, after)]
        return not any(in_table for _, in_table, _ in kinds)

    def atoms(self, first: int, after: int) -> list[Atom]:
        """The atoms between two indexes."""
        return list(map(self.atom, range(first, after)))

    def row(self, index: int) -> range:
        """The atoms of the table row (or the one line) that the atom at `index` is in."""
        after = bisect_right(self._rows, index)
        return range(self._rows[after - 1], self._rows[after])

    def grids(self, start: int, end: int) -> list[list[range]]:
        """The rows of each exact grid between two offsets in `compact`, as far as they lie there."""
        first, after = bisect_right(self._rows, self.index_of(start)) - 1, bisect_left(self._rows, self.index_of(end))
        found: dict[int, list[range]] = {}
        for row, (number, _, exact) in zip(
            pairwise(self._rows[first : after + 1]), self._kinds[first:after], strict=True
        ):
            if exact:
                found.setdefault(number, []).append(range(*row))
        return list(found.values())

    def compact_start(self, index: int) -> int:
        """Where an atom begins in `compact`."""
        return self._compact_starts[index]

    def table_at(self, index: int) -> int:
        """The table (or the line of prose) that the atom at `index` is in."""
        return self._kinds[bisect_right(self._rows, index) - 1][0]

    def offset(self, compact_offset: int) -> int:
        """Offset in `text` of an offset in `compact`."""
        if compact_offset >= len(self.compact):
            return len(self.text)
        index = self.index_of(compact_offset)
        return self._offset_in(index, compact_offset - self._compact_starts[index])

    def _offset_in(self, index: int, at: int) -> int:
        """Offset in `text` of a character of an atom, counted without white space."""
        text, start, size = self.texts[index], self.starts[index], at + 1
        if self._compact_starts[index + 1] - self._compact_starts[index] == len(text):
            return start + at
        if len(text) > LONG_LINE:
            return start + self._origin(index)[at]
        while missing := at + 1 - len("".join(text[:size].split())):
            size += missing
        return start + size - 1

    def end_offset(self, compact_end: int) -> int:
        """Offset in `text` just after the last character before an end in `compact`."""
        return self.offset(compact_end - 1) + 1 if compact_end else 0

    def stretch(self, start: int, end: int) -> Stretch:
        """Where the characters between two offsets in `compact` stand."""
        starts = self._compact_starts
        first = bisect_right(starts, start) - 1
        shift, stop, begin, text = starts[first], starts[first + 1], self.starts[first], self.texts[first]
        one_word = stop - shift == len(text)
        if start == shift and end == stop and not one_word:
            return Stretch(begin + len(text) - len(text.lstrip()), begin + len(text.rstrip()), first, first)
        if end <= stop and (one_word or (end - shift <= LONG_LINE and not _SPACE.search(text, 0, end - shift))):
            return Stretch(start - shift + begin, end - shift + begin, first, first)
        last = bisect_right(starts, end - 1, first) - 1
        behind = self._offset_in(last, end - 1 - starts[last]) + 1
        return Stretch(self._offset_in(first, start - shift), behind, first, last)

    def _origin(self, index: int) -> list[int]:
        """Where in its text each character of a long atom stands."""
        if index not in self._origins:
            words = (found.span() for found in _WORD.finditer(self.texts[index]))
            self._origins[index] = list(chain.from_iterable(starmap(range, words)))
        return self._origins[index]


def _joined(texts: list[str]) -> str:
    """Every text in reading order, a line each."""
    joined = "\n".join(texts)
    within = joined.count("\n") >= len(texts) > 0
    return "\n".join([text.replace("\n", " ") if "\n" in text else text for text in texts]) if within else joined
