"""Text and tables as they come, for the formats that nest them: tables inside cells, cells made of paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.document import Rejected
from etl.readers.build import RawBlock
from etl.readers.grid import Grid, join_lines, lay_out

MAX_CELLS = 100_000
_PROSE_CELL = 300
_SIGNS = "-+－＋—–/"
_RAISED = "^"


class Flow:
    """The paragraphs and tables of a page or of one cell, in reading order."""

    __slots__ = ("_pieces", "blocks")

    def __init__(self) -> None:
        self.blocks: list[RawBlock] = []
        self._pieces: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether a paragraph has begun."""
        return bool(self._pieces)

    def add(self, text: str) -> None:
        """More text of the open paragraph."""
        self._pieces.append(text)

    def take(self, text: str) -> None:
        """More text; a line end in it closes a paragraph."""
        if "\n" in text:
            open_line, *lines, text = text.split("\n")
            self._pieces.append(open_line)
            self.end_paragraph()
            self.blocks += [stripped for line in lines if (stripped := line.strip())]
        if text:
            self._pieces.append(text)

    def end_paragraph(self) -> None:
        """Close the open paragraph; a blank one leaves nothing."""
        if not self._pieces:
            return
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        if text:
            self.blocks.append(text)

    def part_digits(self, following: str | None) -> None:
        """Keep a raised figure, such as the mark of a footnote, from becoming a digit of the number beside it or the
        number of a sign: 35^1 and -^1 are no numbers."""
        before = self._pieces[-1][-1:] if self._pieces else ""
        if following and following[0].isdigit() and (before.isdigit() or (before and before in _SIGNS)):
            self._pieces.append(_RAISED)


class Cell:
    """A cell being read and how many columns and rows it spans; `settle` gives its text and whether it only arranges
    a page, since a table or a long text stands in it; until then that is None."""

    __slots__ = ("arranges", "blocks", "columns", "rows", "spans", "text")

    def __init__(self, blocks: list[RawBlock], columns: int = 1, rows: int = 1) -> None:
        self.blocks, self.columns, self.rows, self.spans = blocks, columns, rows, columns > 1 or rows > 1
        self.text = ""
        self.arranges: bool | None = None

    def settle(self) -> None:
        """Take the text from the blocks, which are whole."""
        lines = [block for block in self.blocks if isinstance(block, str)]
        self.text = join_lines(lines)
        self.arranges = len(lines) < len(self.blocks) or len(self.text) > _PROSE_CELL


@dataclass(slots=True)
class CellCount:
    """How many cells a file has so far."""

    cells: int = 0

    def more(self, cells: int) -> None:
        """Count so many cells. Rejected: too_large, beyond what any report holds."""
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise Rejected("too_large", f"more than {MAX_CELLS} cells")


@dataclass(slots=True)
class Rows:
    """A table being read."""

    rows: list[list[Cell]] = field(default_factory=list)

    def blocks(self) -> list[RawBlock]:
        """The table laid out; where it only arranges a page, the paragraphs and tables in its cells instead.

        A row arranges when a table or a long text stands in it, a table when it has one column.
        """
        unusual = [cell for row in self.rows for cell in row if cell.arranges is not False]
        for cell in unusual:
            if cell.arranges is None:
                cell.settle()
        grid = lay_out(self.rows)
        if max(map(len, grid), default=0) <= 1 or sum(map(len, self.rows)) == 1:
            return [block for row in self.rows for cell in row for block in cell.blocks]
        blocks: list[RawBlock] = []
        if not any(cell.arranges for cell in unusual):
            _end_data(blocks, grid)
            return blocks
        data: Grid = []
        for row, line in zip(self.rows, grid, strict=False):
            if any(cell.arranges for cell in row):
                _end_data(blocks, data)
                data = []
                blocks.extend(block for cell in row for block in cell.blocks)
            else:
                data.append(line)
        _end_data(blocks, data)
        return blocks


def _end_data(blocks: list[RawBlock], data: Grid) -> None:
    """Rows so far as a table; a lone row with one text is a paragraph."""
    if len(data) == 1 and sum(map(bool, data[0])) == 1:
        blocks.extend("".join(data[0]).split("\n"))
    elif any(map(any, data)):
        blocks.append(data)
