"""Printed lines to paragraphs, by their ends, indents and distances."""

from __future__ import annotations

import re
from statistics import median

from etl.readers import build
from etl.readers.pdf_text import Line

_LIST_HEAD = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)"
)
_SHORT_OF_MARGIN = 2.0  # of the size
_INDENT = 0.8
_SAME_SIZE = 0.2
_WIDE_STEP = 1.35
_OUTLIERS = 3
_TELLING = 8


class Prose:
    """Joins lines to paragraphs; lines with wide gaps become rows of tables whose merged cells are not known."""

    def __init__(self, lines: list[Line]) -> None:
        self._left = self._right = 0.0
        self.turn_page(lines)
        plain = [line for line in lines if "\t" not in line.text]
        steps = [below.base - above.base for above, below in zip(plain, plain[1:], strict=False)]
        self._step = median([step for step in steps if step > 0] or [0.0])
        self._done: list[build.RawBlock] = []
        self._texts: list[str] = []
        self._place = ""
        self._last: Line | None = None
        self._rows: list[list[str]] = []
        self._places: list[str] = []

    def turn_page(self, lines: list[Line]) -> None:
        """Take the margins of a page from its lines; a page of few lines has those of the one before."""
        plain = [line for line in lines if "\t" not in line.text]
        if len(plain) >= _TELLING or not self._right:
            self._left = _typical(sorted(line.x0 for line in plain))
            self._right = _typical(sorted((line.x1 for line in plain), reverse=True))

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
        full = last.x1 >= self._right - _SHORT_OF_MARGIN * last.size
        at_margin = line.x0 <= self._left + _INDENT * line.size
        same_size = abs(line.size - last.size) <= _SAME_SIZE * last.size
        step = line.base - last.base
        near = step <= 0 or step <= _WIDE_STEP * self._step
        return full and at_margin and same_size and near and _LIST_HEAD.match(line.text) is None

    def _end_paragraph(self) -> None:
        if self._texts:
            self._done.append(build.Line("".join(self._texts), self._place))
        self._texts, self._last = [], None

    def _end_rows(self) -> None:
        if self._rows:
            self._done.append(build.Placed(self._rows, self._places, exact=False))
        self._rows, self._places = [], []


def _typical(ends: list[float]) -> float:
    """Where lines end on a side: the outermost place, a few outliers left aside."""
    return ends[min(_OUTLIERS, len(ends) // 4)] if ends else 0.0


def _needs_space(before: str, after: str) -> bool:
    return before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha()
