"""One file as every reader gives it: paragraphs and tables in reading order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

from etl.text import half_width


class Paragraph(Struct, frozen=True, gc=False):
    """One paragraph or line of text; `text` is repaired (see `text.repair`) but not shortened."""

    text: str
    place: str


class Row(Struct, frozen=True, gc=False):
    """The cells of a row: the text of each, empty for a printed blank, and the place of each, e.g. `line 63 cell 4`."""

    texts: tuple[str, ...]
    places: tuple[str, ...]


def numbered(place: str, kind: str, count: int) -> tuple[str, ...]:
    """The places of a row's cells: that of the row, what its cells are called, and the number of each."""
    return tuple([f"{place} {kind} {number}" for number in range(1, count + 1)])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in reading order.

    `exact` tells that columns can be trusted: every row has been laid out on the grid with merged cells
    repeated as blanks, so equal indexes are equal columns; a row that lacks cells ends early. Text layouts lose merges
    and are not exact.
    """

    rows: tuple[Row, ...]
    exact: bool


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """What a reader returns. `source` is the path as the user gave it, `layout` names what the reader saw."""

    source: str
    blocks: tuple[Block, ...]
    layout: str

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of every paragraph and every table row in reading order; the cells of a row are joined by tabs."""
        found: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            else:
                found += ["\t".join(row.texts) for row in block.rows if row.texts]
        return tuple(found)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The place of each of `texts`, a row's that of its first cell."""
        found: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                found.append(block.place)
            else:
                found += [row.places[0] for row in block.rows if row.places]
        return tuple(found)

    @cached_property
    def text(self) -> str:
        """All of `texts`, parted by line ends; one may hold line ends of its own."""
        return "\n".join(self.texts)

    @cached_property
    def half(self) -> str:
        """`text` with digits, brackets and stops in half width, offset for offset."""
        return half_width(self.text)


class Rejected(Exception):  # noqa: N818 - a verdict on a file, not a fault of the program
    """The file cannot be read as a report. `reason` is a key of the label catalogue, `detail` its particulars."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
