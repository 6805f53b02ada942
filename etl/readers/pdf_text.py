"""Characters on a page to lines of text, by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median_low
from typing import NamedTuple

from etl.readers.grid import join_lines
from etl.readers.pdf_page import Char

_LINE_STEP = 0.4  # of the size: a base line this much lower begins a new line
_WORD_GAP = 0.15
_WORD_BREAK = 0.4
_SPACE_GAP = 0.8
_TAB_GAP = 1.6
_DIGIT_GAP = 0.3  # of a digit's width
_RAISED_SIZE = 0.85
_PADDING = 11.0  # points on both sides of a cell's text, as word processors leave them
_LONG_LABEL = 6
LIST_HEAD = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)"
)
_NUMERIC = frozenset("0123456789.,，．０１２３４５６７８９")


class Line(NamedTuple):
    """One printed line, its extent, the line it stands on and the size of its type."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    chars: list[Char]


def lines(chars: Sequence[Char]) -> list[Line]:
    """The characters as lines from top to bottom; a wide gap in a line is a tab, a narrow one a space."""
    return [_line(row) for row in _rows(chars)]


def cell_text(chars: Sequence[Char], width: float) -> tuple[str, bool]:
    """The text of a cell `width` wide, and whether its last line is full and so may have been cut there.

    A number that was too long for its cell is joined again.
    """
    printed = lines(chars)
    texts = [line.text.replace("\t", " ") for line in printed]
    full = [line.x1 - line.x0 > width - _PADDING - 1.5 * line.size for line in printed]
    if len(texts) > 1 and all(full[:-1]) and all(_NUMERIC.issuperset(text) for text in texts):
        return "".join(texts), False
    may_go_on = (
        bool(full)
        and full[-1]
        and (len(texts) > 1 or len(texts[0]) >= _LONG_LABEL or LIST_HEAD.match(texts[0]) is not None)
    )
    return join_lines(texts), may_go_on


def _rows(chars: Sequence[Char]) -> Iterator[list[Char]]:
    row: list[Char] = []
    for char in sorted(chars, key=lambda char: char.base):
        if row and char.base - row[-1].base > _LINE_STEP * max(char.size, row[0].size):
            yield row
            row = []
        row.append(char)
    if row:
        yield row


def _line(row: list[Char]) -> Line:
    row.sort(key=lambda char: char.x0)
    em = _em(row)
    return Line(text_of(row, em), row[0].x0, max(char.x1 for char in row), row[0].base, em, row)


def text_of(row: Sequence[Char], em: float = 0.0) -> str:
    """The text of characters in a line, tabs and spaces in its gaps; without `em`, as if there were none."""
    if not row:
        return ""
    if not em:
        return "".join(char.text for char in row)
    pieces = [row[0].text]
    for before, char in zip(row, row[1:], strict=False):
        pieces += (_between(before, char, em), char.text)
    return "".join(pieces)


def words(row: Sequence[Char], em: float) -> list[list[Char]]:
    """The characters of a line parted where there is a gap."""
    found = [[row[0]]]
    for before, char in zip(row, row[1:], strict=False):
        if _between(before, char, em) or char.x0 - before.x1 > _WORD_BREAK * em:
            found.append([char])
        else:
            found[-1].append(char)
    return found


def _em(row: list[Char]) -> float:
    """The size of the type: ideographs are as wide as it, whatever height their font claims."""
    widths = [char.x1 - char.x0 for char in row if not char.text.isascii()]
    return median_low(widths) if widths else median_low(char.size for char in row)


def _between(before: Char, char: Char, em: float) -> str:
    """What parts two neighbours in a line: nothing, a space, a tab; a raised figure stands apart, figures are cells."""
    gap = char.x0 - before.x1
    if gap > _TAB_GAP * em:
        return "\t"
    if before.text in _NUMERIC and char.text in _NUMERIC:
        sizes = sorted((before.size, char.size))
        if gap > _DIGIT_GAP * min(before.x1 - before.x0, char.x1 - char.x0):
            return "\t"
        return " " if sizes[0] < _RAISED_SIZE * sizes[1] and before.text.isdigit() and char.text.isdigit() else ""
    if gap > _SPACE_GAP * em:
        return " "
    latin = before.text.isascii() and char.text.isascii() and before.text.isalnum() and char.text.isalnum()
    return " " if latin and gap > _WORD_GAP * em else ""
