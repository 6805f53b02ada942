"""A ruled table put together from its parts on one page after another."""

from __future__ import annotations

from bisect import bisect_right

from etl.readers.build import Placed
from etl.readers.grid import join_lines
from etl.readers.pdf_grid import SAME_COLUMN, Part
from etl.readers.pdf_grid import Placed as PlacedCell
from etl.readers.pdf_text import LIST_HEAD

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
        if rows and self._rows and self._last:
            place, cells = self._rows[-1]
            whole = _joined(cells, rows[0][1], is_open=self._last[1].open_bottom and part.open_top)
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


def _joined(above: list[PlacedCell], below: list[PlacedCell], *, is_open: bool) -> list[PlacedCell] | None:
    """A row that the page break cut, made whole; None when these are two rows.

    It is one row when no rule closes either half and no column holds figures in both, or the lower half holds figures
    alone, the other lines of broken numbers; or when it is but the rest of labels whose last line was full.
    """
    pairs = [(_same_place(above, cell), cell) for cell in below if cell.text]
    if not pairs:
        return None
    if is_open:
        on_figures = any(other is not None and other.text and _has_digit(cell.text) for other, cell in pairs)
        if on_figures and not all(cell.text.isdecimal() for _, cell in pairs):
            return None
    elif not any(_has_digit(cell.text) for cell in above) or not all(
        other is not None and other.full and _is_rest(cell.text) for other, cell in pairs
    ):
        return None
    joined = list(above)
    for other, cell in pairs:
        if other is None:
            joined.append(cell)
        else:
            text = join_lines([text for text in (other.text, cell.text) if text])
            joined[joined.index(other)] = other._replace(text=text)
    return joined


def _same_place(cells: list[PlacedCell], cell: PlacedCell) -> PlacedCell | None:
    near = (
        other for other in cells if abs(other.x0 - cell.x0) <= SAME_COLUMN and abs(other.x1 - cell.x1) <= SAME_COLUMN
    )
    return next(near, None)


def _is_rest(text: str) -> bool:
    """Whether a text can be the end of a label: it holds no figure and does not begin with an ordinal."""
    return not _has_digit(text) and LIST_HEAD.match(text) is None


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
