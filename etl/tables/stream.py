"""A Document as one string to search labels in, with the way back from every character to its cell or line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, chain, starmap

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
    """A cell of a table, or a line of prose (`row` is then -1), a slot itself where it holds nothing but a value.

    `start` and `end` are offsets in `Stream.text`.
    """

    start: int
    end: int
    table: int
    row: int
    exact: bool

    @property
    def in_table(self) -> bool:
        """Whether the atom is a cell of a table."""
        return self.row >= 0

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
    """`text` holds every atom, half-width, a line end after each; `compact` the same without white space."""

    def __init__(self, atoms: list[Atom], text: str) -> None:
        self.atoms = atoms
        self.text = text
        self._starts = [atom.start for atom in atoms]
        self._rows = [atom.index for atom in atoms if atom.column == 0]
        squeezed = [text if (text := atom.text).isalnum() else "".join(text.split()) for atom in atoms]
        self._compact_starts = list(accumulate(map(len, squeezed), initial=0))
        self._origins: dict[int, list[int]] = {}
        self.compact = "".join(squeezed)

    @classmethod
    def of(cls, document: Document) -> Stream:
        """The stream of a document, cells row by row."""
        text = narrow(_joined(document))
        texts = iter(text.split("\n"))
        atoms: list[Atom] = []
        at = 0
        for number, block in enumerate(document.blocks):
            if isinstance(block, Paragraph):
                printed = next(texts)
                end = at + len(printed)
                atoms.append(Atom(printed, block.place, len(atoms), 0, at, end, number, -1, False))  # noqa: FBT003
                at = end + 1
                continue
            exact = block.exact
            for row, cells in enumerate(block.rows):
                index = len(atoms)
                for column, cell in enumerate(cells):
                    printed = next(texts)
                    end = at + len(printed)
                    atoms.append(Atom(printed, cell.place, index + column, column, at, end, number, row, exact))
                    at = end + 1
        return cls(atoms, text)

    def index_at(self, offset: int) -> int:
        """Index of the atom that holds a character of `text`."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def index_of(self, compact_offset: int) -> int:
        """Index of the atom that holds a character of `compact`."""
        return bisect_right(self._compact_starts, compact_offset) - 1

    def between(self, index: int, offset: int) -> list[Atom]:
        """The atoms from an index on that begin before an offset in `text`."""
        return self.atoms[index : bisect_left(self._starts, offset)]

    def row_of(self, index: int, column: int = 0) -> list[Atom]:
        """Every atom of the table row (or the one line) that the atom at `index` is in, from a column on."""
        return self.atoms[index - self.atoms[index].column + column : self.end_of_row(index)]

    def first_of_row(self, index: int) -> int:
        """Index of the first atom of the table row that the atom at `index` is in."""
        return index - self.atoms[index].column

    def end_of_row(self, index: int) -> int:
        """Index after the last atom of the table row that the atom at `index` is in."""
        row = bisect_right(self._rows, index)
        return self._rows[row] if row < len(self._rows) else len(self.atoms)

    def offset(self, compact_offset: int) -> int:
        """Offset in `text` of an offset in `compact`."""
        if compact_offset >= len(self.compact):
            return len(self.text)
        index = self.index_of(compact_offset)
        return self._offset_in(index, compact_offset - self._compact_starts[index])

    def _offset_in(self, index: int, at: int) -> int:
        """Offset in `text` of a character of an atom, counted without white space."""
        atom, size = self.atoms[index], at + 1
        if self._is_one_word(index, atom):
            return atom.start + at
        if atom.end - atom.start > LONG_LINE:
            return atom.start + self._origin(index)[at]
        while missing := at + 1 - len("".join(atom.text[:size].split())):
            size += missing
        return atom.start + size - 1

    def _is_one_word(self, index: int, atom: Atom) -> bool:
        """Whether the atom holds no white space."""
        return self._compact_starts[index + 1] - self._compact_starts[index] == atom.end - atom.start

    def end_offset(self, compact_end: int) -> int:
        """Offset in `text` just after the last character before an end in `compact`."""
        return self.offset(compact_end - 1) + 1 if compact_end else 0

    def stretch(self, start: int, end: int) -> Stretch:
        """Where the characters between two offsets in `compact` stand."""
        starts = self._compact_starts
        first = bisect_right(starts, start) - 1
        atom, shift = self.atoms[first], starts[first]
        if start == shift and end == starts[first + 1]:
            return Stretch(atom.end - len(atom.text.lstrip()), atom.start + len(atom.text.rstrip()), first, first)
        if end <= starts[first + 1] and (
            self._is_one_word(first, atom)
            or (end - shift <= LONG_LINE and not _SPACE.search(atom.text, 0, end - shift))
        ):
            shift = atom.start - shift
            return Stretch(start + shift, end + shift, first, first)
        last = bisect_right(starts, end - 1, first) - 1
        behind = self._offset_in(last, end - 1 - starts[last]) + 1
        return Stretch(self._offset_in(first, start - shift), behind, first, last)

    def _origin(self, index: int) -> list[int]:
        """Where in its text each character of a long atom stands."""
        if index not in self._origins:
            words = (found.span() for found in _WORD.finditer(self.atoms[index].text))
            self._origins[index] = list(chain.from_iterable(starmap(range, words)))
        return self._origins[index]


def _joined(document: Document) -> str:
    """Every paragraph and every cell in reading order, a line each."""
    texts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        else:
            texts += [cell.text for row in block.rows for cell in row]
    joined = "\n".join(texts)
    within = joined.count("\n") >= len(texts) > 0
    return "\n".join([text.replace("\n", " ") for text in texts]) if within else joined
