"""A ruled table put together from its parts on one page after another."""

from __future__ import annotations

from bisect import bisect_right

from etl.readers.build import Placed
from etl.readers.grid import join_lines
from etl.readers.pdf_grid import SAME_COLUMN, Part
from etl.readers.pdf_grid import Placed as PlacedCell

_SAME_SIDE = 6.0


class Parts:
    """The parts of one table, with the page and the number of the first row of each."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, list[PlacedCell]]] = []
        self._last: tuple[int, Part] | None = None

    def goes_on(self, page: int, part: Part) -> bool:
        """Whether a part at the head of `page` continues the table: the page before ended in it, as wide as this."""
        if self._last is None:
            return False
        last_page, last = self._last
        same_sides = abs(last.left - part.left) <= _SAME_SIDE and abs(last.right - part.right) <= _SAME_SIDE
        return page == last_page + 1 and same_sides

    def add(self, page: int, first_row: int, part: Part) -> None:
        """Take the next part; a row that the page break cut in two is made whole."""
        rows = [(f"page {page} row {row}", cells) for row, cells in enumerate(part.rows, start=first_row)]
        if rows and self._rows and self._last and self._last[1].open_bottom and part.open_top:
            place, cells = self._rows[-1]
            whole = _joined(cells, rows[0][1])
            if whole is not None:
                self._rows[-1] = (place, whole)
                rows = rows[1:]
        self._rows += rows
        self._last = (page, part)

    def placed(self) -> Placed:
        """The whole table on one grid: cells that begin at the same distance from the left are one column."""
        starts: list[float] = []
        for x0 in sorted(cell.x0 for _, cells in self._rows for cell in cells):
            if not starts or x0 - starts[-1] > SAME_COLUMN:
                starts.append(x0)
        grid = []
        for _, cells in self._rows:
            line = [""] * len(starts)
            for cell in cells:
                column = bisect_right(starts, cell.x0) - 1
                line[column] = join_lines([text for text in (line[column], cell.text) if text])
            grid.append(line)
        return Placed(grid, [place for place, _ in self._rows])


def _joined(above: list[PlacedCell], below: list[PlacedCell]) -> list[PlacedCell] | None:
    """Two halves of a row as one; None when both hold figures in one column, so that they are two rows."""
    joined = list(above)
    for cell in below:
        number = next((n for n, other in enumerate(joined) if abs(other.x0 - cell.x0) <= SAME_COLUMN), None)
        if number is None:
            joined.append(cell)
        elif cell.text:
            other = joined[number]
            if _has_digit(cell.text) and other.text.strip().isdigit():
                return None
            joined[number] = PlacedCell(other.x0, join_lines([text for text in (other.text, cell.text) if text]))
    return joined


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
