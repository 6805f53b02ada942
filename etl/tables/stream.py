"""A Document as one string to search labels in, with the way back from every character to its cell or line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain, starmap

from etl.document import Block, Cell, Document, Paragraph, Table
from etl.value import value

_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_HALF_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
_WORD = re.compile(r"\S+")
_LONG_LINE = 200


@value
class Atom:
    """A cell of a table, or a line of prose (`row` is then -1). `start` and `end` are offsets in `Stream.text`."""

    text: str
    place: str
    start: int
    end: int
    table: int
    row: int
    column: int
    exact: bool

    @property
    def in_table(self) -> bool:
        """Whether the atom is a cell of a table."""
        return self.row >= 0

    def place_at(self, offset: int) -> str:
        """The place of one character; lines that hold a whole report are told apart by character."""
        if self.end - self.start <= _LONG_LINE:
            return self.place
        return f"{self.place} character {offset - self.start + 1}"


class Stream:
    """`text` holds every atom, half-width, a line end after each; `compact` the same without white space."""

    def __init__(self, atoms: list[Atom]) -> None:
        self.atoms = atoms
        self.text = "\n".join(atom.text for atom in atoms)
        self._starts = [atom.start for atom in atoms]
        words = [found.span() for found in _WORD.finditer(self.text)]
        self._origin = list(chain.from_iterable(starmap(range, words)))
        self._origin.append(len(self.text))
        self.compact = "".join([self.text[start:end] for start, end in words])

    @classmethod
    def of(cls, document: Document) -> Stream:
        """The stream of a document, cells row by row."""
        atoms: list[Atom] = []
        at = 0
        for number, block in enumerate(document.blocks):
            rows, first, exact = _rows(block)
            for row, cells in enumerate(rows, first):
                for column, cell in enumerate(cells):
                    text = cell.text if cell.text.isascii() else _half_width(cell.text)
                    text = text.replace("\n", " ")
                    end = at + len(text)
                    atoms.append(Atom(text, cell.place, at, end, number, row, column, exact))
                    at = end + 1
        return cls(atoms)

    def index_at(self, offset: int) -> int:
        """Index of the atom that holds a character of `text`."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def row_of(self, index: int) -> list[Atom]:
        """Every atom of the table row (or the one line) that the atom at `index` is in."""
        atom = self.atoms[index]
        if not atom.in_table:
            return [atom]
        first = last = index
        while first > 0 and self._same_row(first - 1, atom):
            first -= 1
        while last + 1 < len(self.atoms) and self._same_row(last + 1, atom):
            last += 1
        return self.atoms[first : last + 1]

    def _same_row(self, index: int, atom: Atom) -> bool:
        other = self.atoms[index]
        return other.row == atom.row and other.table == atom.table

    def offset(self, compact_offset: int) -> int:
        """Offset in `text` of an offset in `compact`."""
        return self._origin[compact_offset]

    def end_offset(self, compact_end: int) -> int:
        """Offset in `text` just after the last character before an end in `compact`."""
        return self._origin[compact_end - 1] + 1 if compact_end else 0


def _rows(block: Block) -> tuple[Sequence[Sequence[Cell | Paragraph]], int, bool]:
    """The rows of a block with the number of the first and whether they are exact; a paragraph is row -1."""
    return (block.rows, 0, block.exact) if isinstance(block, Table) else (((block,),), -1, False)


def _half_width(text: str) -> str:
    return _FULL_WIDTH.sub(lambda found: _HALF_WIDTH[found[0]], text)
