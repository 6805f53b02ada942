"""Printed lines to paragraphs, by their ends, indents and distances."""

from __future__ import annotations

from statistics import median

from etl.readers import build
from etl.readers.pdf_text import LIST_HEAD, Line

_SHORT_OF_MARGIN = 2.0  # of the size
_INDENT = 0.8
_SAME_SIZE = 0.2
_WIDE_STEP = 1.35
_LEAST_WIDTH = 12
_DENSE = 8


class Prose:
    """Joins lines to paragraphs; lines with wide gaps become rows of tables whose merged cells are not known."""

    def __init__(self, lines: list[Line]) -> None:
        plain = [line for line in lines if "\t" not in line.text]
        size = median([line.size for line in plain] or [0.0])
        self._left = _margin(sorted(line.x0 for line in plain), _INDENT * size, 2) or 0.0
        self._right = -(_margin(sorted(-line.x1 for line in plain), _SHORT_OF_MARGIN * size, 2) or 0.0)
        self._document_left, self._document_right = self._left, self._right
        steps = [below.base - above.base for above, below in zip(plain, plain[1:], strict=False)]
        self._step = median([step for step in steps if step > 0] or [0.0])
        self._done: list[build.RawBlock] = []
        self._texts: list[str] = []
        self._place = ""
        self._last: Line | None = None
        self._rows: list[list[str]] = []
        self._places: list[str] = []

    def turn_page(self, lines: list[Line]) -> None:
        """Take the margins of a page from its lines, where enough of them say one; else it is the document's."""
        plain = [line for line in lines if "\t" not in line.text]
        size = median([line.size for line in plain] or [0.0])
        dense = len(plain) >= _DENSE
        left = _margin(sorted(line.x0 for line in plain), _INDENT * size, _DENSE) if dense else None
        right = _margin(sorted(-line.x1 for line in plain), _INDENT * size, _DENSE) if dense else None
        self._left = self._document_left if left is None else left
        self._right = self._document_right if right is None else -right

    def add(self, line: Line, place: str) -> None:
        """Take the next line in reading order."""
        if "\t" in line.text:
            self._end_paragraph()
            self._rows.append([text.strip() for text in line.text.split("\t")])
            self._places.append(place)
            return
        self._end_rows()
        if self._last is None or not self._goes_on(self._last, line):
            self._end_paragraph()
            self._place = place
        elif _needs_space(self._texts[-1], line.text):
            self._texts.append(" ")
        self._texts.append(line.text)
        self._last = line

    def take(self) -> list[build.RawBlock]:
        """The blocks so far; what comes next begins a paragraph of its own."""
        self._end_paragraph()
        self._end_rows()
        done, self._done = self._done, []
        return done

    def _goes_on(self, last: Line, line: Line) -> bool:
        """Whether `line` continues the paragraph: the line before is full, this one is not indented."""
        full = last.x1 - last.x0 >= _LEAST_WIDTH * last.size and last.x1 >= self._right - _SHORT_OF_MARGIN * last.size
        at_margin = line.x0 <= self._left + _INDENT * line.size
        same_size = abs(line.size - last.size) <= _SAME_SIZE * last.size
        step = line.base - last.base
        near = step <= 0 or step <= _WIDE_STEP * self._step
        return full and at_margin and same_size and near and LIST_HEAD.match(line.text) is None

    def _end_paragraph(self) -> None:
        if self._texts:
            self._done.append(build.Line("".join(self._texts), self._place))
        self._texts, self._last = [], None

    def _end_rows(self) -> None:
        if self._rows:
            self._done.append(build.Placed(self._rows, self._places, exact=False))
        self._rows, self._places = [], []


def _margin(ends: list[float], slack: float, lines: int) -> float | None:
    """The outermost place where so many lines end together; None when they end nowhere so."""
    return next((end for end, inner in zip(ends, ends[lines - 1 :], strict=False) if inner - end <= slack), None)


def _needs_space(before: str, after: str) -> bool:
    return before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha()
