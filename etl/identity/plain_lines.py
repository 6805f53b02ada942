"""The lines of a document in plain text, as the readers of identity want them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import compress

from msgspec import Struct

from etl.document import Document
from etl.identity.dates import in_digits
from etl.text import half_compatible, half_width

_SPACES = " \x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"
"""The white space that NFKC leaves, but for tabs and line ends."""


class Line(Struct, frozen=True, gc=False):
    """A line of a document in plain text (see `dates.plain`), never empty."""

    text: str
    place: str
    number: int


class PlainText(Struct, frozen=True):
    """The lines of a document that hold text, with their places; cells of a table row stay parted by tabs. `body` is
    all lines parted by line ends: what stands in few lines is looked for there once."""

    texts: tuple[str, ...]
    places: tuple[str, ...]
    body: str

    def line(self, number: int) -> Line:
        """The line of that number."""
        return Line(self.texts[number], self.places[number], number)

    def line_at(self, position: int) -> Line:
        """The line that holds a position of the body."""
        return self.line(self.body.count("\n", 0, position))

    def touched(self, pattern: re.Pattern[str], first: int | None = None) -> list[Line]:
        """The lines, or only the first ones, that the pattern's matches in the body touch: no other line can match."""
        numbers: dict[int, None] = {}
        at = number = 0
        for found in pattern.finditer("\n".join(self.texts[:first]) if first else self.body):
            number += self.body.count("\n", at, found.start())
            at = found.start()
            numbers.update(dict.fromkeys(range(number, number + found[0].count("\n") + 1)))
        return [self.line(number) for number in numbers]

    def holding(self, words: Collection[str]) -> list[Line]:
        """The lines that hold one of some words."""
        numbers = {
            number
            for word in words
            if word[0] in self.body  # to look for one letter is far quicker
            for number in self._holding(word)
        }
        return [self.line(number) for number in sorted(numbers)]

    def _holding(self, word: str) -> Iterator[int]:
        start = number = 0
        while (at := self.body.find(word, start)) >= 0:
            number += self.body.count("\n", start, at)
            yield number
            start = self.body.find("\n", at)
            if start < 0:
                return


def plain_text(document: Document) -> PlainText:
    """The document's text; it is made plain as a whole, since most of it is already."""
    whole = document.half
    if whole.count("\n") >= len(document.texts):
        whole = half_width("\n".join([text.replace("\n", " ") for text in document.texts]))
    whole = half_compatible(whole)
    for space in _SPACES:
        if space in whole:
            whole = whole.replace(space, "")
    texts = [text.strip("\t") for text in in_digits(whole).split("\n")]
    places = tuple(compress(document.places, texts))
    texts = list(filter(None, texts))
    return PlainText(tuple(texts), places, "\n".join(texts))
