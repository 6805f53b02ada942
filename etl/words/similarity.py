"""How much of a report's prose stands in another report, and which parts of it.

Two texts are as similar as the share of their letters that lie in a shingle of both (0–1); the same ones are marked
when the two are shown side by side.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from etl.text import fold
from etl.words.shingles import LETTERS, SHINGLE, YEAR_IN_WORDS, Hashes, letters, shingles

NARRATIVE_SECTIONS = (1, 5, 6)
SHORTEST = 50

Span = tuple[int, int]
Places = NDArray[np.int64]

_YEAR = re.compile(rf"(?<!\d)(?:19|20)\d\d(?=[年〕\])\-/])|{YEAR_IN_WORDS.pattern}")
_PLACE_BITS = 20
_BELOW_PLACE = np.uint64(64 - _PLACE_BITS)
_DIGITS = re.compile(r"\d")


class Shelf:
    """Compares two texts after two others, for one thread: each shingle of a text is laid where its first bits say, and
    looked up there."""

    def __init__(self) -> None:
        self._laid = np.zeros(2**_PLACE_BITS, dtype=np.uint64)

    def overlap(self, one: Hashes, other: Hashes) -> float:
        """Share of both texts' letters that lie in a shingle of both, 0–1. ValueError where a text has no shingle."""
        if not len(one) or not len(other):
            raise ValueError("a text without a shingle has no similarity")
        here, there = (one >> _BELOW_PLACE).view(np.int64), (other >> _BELOW_PLACE).view(np.int64)
        covered = _covered(self._found(one, here, other, there)) + _covered(self._found(other, there, one, here))
        return covered / (letters(one) + letters(other))

    def _found(self, one: Hashes, here: Places, other: Hashes, there: Places) -> NDArray[np.bool_]:
        """For each shingle of a text whether it stands in the other."""
        self._laid[there] = other
        found: NDArray[np.bool_] = self._laid[here] == one
        for displaced in other[self._laid[there] != other]:
            found |= one == displaced
        self._laid[there] = 0
        return found


def similarity(text: str, other: str) -> float | None:
    """`overlap` of two texts' narratives; None where one is too short to say anything (under 50 letters)."""
    found = shingles((text, other))
    return None if min(map(letters, found)) < SHORTEST else Shelf().overlap(*found)


def only_the_year_changed(text: str, other: str) -> bool:
    """Whether two texts are the same, figures included, once years and white space are left out of account."""
    return _without_years(text) == _without_years(other)


def shared_parts(text: str, other: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans (start, end) of each text whose letters stand in the other too, for marking them side by side.

    Figures are not compared and never marked; punctuation is marked between letters that are.
    """
    one, another = shingles((text, other))
    if not len(one) or not len(another):
        return (), ()
    return _spans(text, _cover(np.isin(one, another))), _spans(other, _cover(np.isin(another, one)))


def _covered(hit: NDArray[np.bool_]) -> int:
    """How many letters lie in a shingle that is hit."""
    bits = int.from_bytes(np.packbits(hit))
    for _ in range(SHINGLE - 1):
        bits |= bits << 1
    return bits.bit_count()


def _cover(hit: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each letter whether it lies in a shingle that is hit."""
    covered = np.zeros(len(hit) + SHINGLE - 1, dtype=np.bool_)
    for at in range(SHINGLE):
        covered[at : at + len(hit)] |= hit
    return covered


def _spans(text: str, covered: NDArray[np.bool_]) -> tuple[Span, ...]:
    marks = np.zeros(len(text), dtype=np.bool_)
    marks[_letter_places(text)] = covered
    loose = np.ones(len(text), dtype=np.bool_)
    loose[_letter_places(text)] = False
    loose[[match.start() for match in _DIGITS.finditer(text)]] = False
    loose[[at for match in YEAR_IN_WORDS.finditer(text) for at in range(*match.span())]] = False
    marks = _bridge(marks, loose)
    edges = np.flatnonzero(np.diff(marks.astype(np.int8), prepend=0, append=0))
    return tuple((int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True))


def _bridge(marks: NDArray[np.bool_], loose: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Marks with every run of loose places that lies between two marked ones marked too."""
    places = np.arange(len(marks))
    before = np.maximum.accumulate(np.where(loose, -1, places))
    after = np.minimum.accumulate(np.where(loose, len(marks), places)[::-1])[::-1]
    inside = loose & (before >= 0) & (after < len(marks))
    joined = marks.copy()
    joined[inside] = marks[before[inside]] & marks[after[inside]]
    return joined


def _letter_places(text: str) -> NDArray[np.int64]:
    blanked = YEAR_IN_WORDS.sub(lambda match: " " * len(match[0]), text)
    runs = [np.arange(*match.span()) for match in LETTERS.finditer(blanked)]
    return np.concatenate(runs) if runs else np.empty(0, dtype=np.int64)


def _without_years(text: str) -> str:
    return _YEAR.sub("", fold(text))
