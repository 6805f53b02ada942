"""How much of a report's prose stands in another report: shingles and one-permutation MinHash.

A shingle is a run of five letters of the `narrative`, which is the text without figures, years and punctuation. Two
texts are as similar as the share of their letters that lie in a shingle of both (0–1); the same ones are marked when
the two are shown side by side. Signatures only choose whom to compare (see `reuse`), every similarity is exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.text import fold

NARRATIVE_SECTIONS = (1, 5, 6)
SHINGLE = 5
BINS = 128
SHORTEST = 50

Span = tuple[int, int]

_YEAR_IN_WORDS = re.compile("[一二][〇○零九Oo0][〇○零一二三四五六七八九Oo0]{2}(?=年)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=[年〕\])\-/])|[一二][〇○零九Oo0][〇○零一二三四五六七八九Oo0]{2}(?=年)")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_EDGES = np.arange(BINS, dtype=np.uint64) << np.uint64(64 - BINS.bit_length() + 1)


def narrative(text: str) -> str:
    """The letters of a text: without figures, years in words, punctuation and white space."""
    return "".join(_LETTERS.findall(_YEAR_IN_WORDS.sub("", text)))


@dataclass(frozen=True, slots=True, eq=False)
class Shingles:
    """The shingles of a narrative: `values` are their hashes in rising order, each once; `places` has, for each letter
    at which a shingle begins, its position in `values`. Both are empty where the narrative is shorter than a shingle.
    """

    values: NDArray[np.uint64]
    places: NDArray[np.int64]

    @property
    def letters(self) -> int:
        """How many letters the narrative has; 0 where it is shorter than a shingle."""
        return len(self.places) + SHINGLE - 1 if len(self.places) else 0


def shingles(letters: str) -> Shingles:
    """The shingles of a narrative."""
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = max(len(codes) - SHINGLE + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for at in range(SHINGLE):
        mixed = mixed * _BASE + codes[at : at + count]
    hashes = _scatter(mixed)
    order = hashes.argsort()
    ranked = hashes[order]
    is_first = np.ones(count, dtype=np.bool_)
    np.not_equal(ranked[1:], ranked[:-1], out=is_first[1:])
    places = np.empty(count, dtype=np.int64)
    places[order] = np.cumsum(is_first) - 1
    return Shingles(ranked[is_first], places)


def signature(found: Shingles) -> NDArray[np.uint32]:
    """One-permutation MinHash: the least hash in each of 128 ranges, an empty range takes the next one's.

    Shape (128,). The share of equal values estimates the Jaccard overlap of two texts' shingles. ValueError if empty.
    """
    if not found.letters:
        raise ValueError("a text without a shingle has no signature")
    first = np.searchsorted(found.values, _EDGES)
    first[first == len(found.values)] = 0
    least = found.values[first]
    kept: NDArray[np.uint32] = ((least >> np.uint64(25)) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return kept


def shared(one: Shingles, other: Shingles) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each letter of both narratives whether it lies in a shingle of both; shapes (letters,). Neither is empty."""
    at = np.searchsorted(other.values, one.values)
    at[at == len(other.values)] = 0
    here = other.values[at] == one.values
    there = np.zeros(len(other.values), dtype=np.bool_)
    there[at[here]] = True
    return _cover(here[one.places]), _cover(there[other.places])


def overlap(one: Shingles, other: Shingles) -> float:
    """Share of both texts' letters that lie in a shingle of both, 0–1. ValueError where a text has no shingle."""
    if not one.letters or not other.letters:
        raise ValueError("a text without a shingle has no similarity")
    here, there = shared(one, other)
    return float((here.sum() + there.sum()) / (one.letters + other.letters))


def similarity(text: str, other: str) -> float | None:
    """`overlap` of two texts' narratives; None where one is too short to say anything (under 50 letters)."""
    letters = narrative(text), narrative(other)
    if min(map(len, letters)) < SHORTEST:
        return None
    return overlap(shingles(letters[0]), shingles(letters[1]))


def only_the_year_changed(text: str, other: str) -> bool:
    """Whether two texts are the same, figures included, once years and white space are left out of account."""
    return _without_years(text) == _without_years(other)


def shared_parts(text: str, other: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans (start, end) of each text whose letters stand in the other too, for marking them side by side.

    Figures are not compared and never marked; punctuation is marked between letters that are.
    """
    found = shingles(narrative(text)), shingles(narrative(other))
    if not found[0].letters or not found[1].letters:
        return (), ()
    here, there = shared(*found)
    return _spans(text, here), _spans(other, there)


def _spans(text: str, covered: NDArray[np.bool_]) -> tuple[Span, ...]:
    marks = np.zeros(len(text), dtype=np.bool_)
    marks[_letter_places(text)] = covered
    loose = np.ones(len(text), dtype=np.bool_)
    loose[_letter_places(text)] = False
    loose[[match.start() for match in _DIGITS.finditer(text)]] = False
    loose[[at for match in _YEAR_IN_WORDS.finditer(text) for at in range(*match.span())]] = False
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
    blanked = _YEAR_IN_WORDS.sub(lambda match: " " * len(match[0]), text)
    runs = [np.arange(*match.span()) for match in _LETTERS.finditer(blanked)]
    return np.concatenate(runs) if runs else np.empty(0, dtype=np.int64)


def _cover(hit: NDArray[np.bool_]) -> NDArray[np.bool_]:
    covered = np.zeros(len(hit) + SHINGLE - 1, dtype=np.bool_)
    for at in range(SHINGLE):
        covered[at : at + len(hit)] |= hit
    return covered


def _scatter(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread over all 64 bits (the finaliser of SplitMix64), so that ranges of hashes are filled evenly."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _without_years(text: str) -> str:
    return _YEAR.sub("", fold(text))
