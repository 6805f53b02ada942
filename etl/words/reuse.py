"""Text reuse between reports: each against its agency's last year and against its year's nearest other.

No pair of a year is compared that LSH has not proposed: signatures are sorted from several starts, and only neighbours
in such an order that begin alike are candidates (an LSH forest). Texts under 50 letters are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from etl.words.similarity import (
    BINS,
    SHORTEST,
    Shingles,
    narrative,
    only_the_year_changed,
    overlap,
    shingles,
    signature,
)

_STEP = 4
_DEPTH = 4
_NEIGHBOURS = 6
_TRIED = 2
_DOUBT = 0.08
_HELD = 20_000
_AT_ONCE = 1000
"""So many signatures stay in the processor's cache while they are compared."""

Kind = Literal["last_year", "same_year"]
Signatures = NDArray[np.uint32]
Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prose:
    """The narrative sections of a report as printed. `agency` is whatever tells agencies apart for the caller."""

    report: str
    agency: str
    year: int
    text: str


@dataclass(frozen=True, slots=True)
class Reuse:
    """One row of table text_reuse. `similarity` is 0–1; `only_year` says that nothing differs but the year."""

    report: str
    other: str
    kind: Kind
    similarity: float
    only_year: bool


class Year:
    """The reports of a year whose prose is long enough to say anything, made once for all that they are compared with.

    Their shingles are held only as far as memory allows.
    """

    def __init__(self, proses: Iterable[Prose]) -> None:
        told = [(prose, narrative(prose.text)) for prose in proses]
        self.proses = [prose for prose, letters in told if len(letters) >= SHORTEST]
        self._letters = [letters for _, letters in told if len(letters) >= SHORTEST]
        self.shingles = lru_cache(maxsize=_HELD)(self._make)

    def _make(self, number: int) -> Shingles:
        return shingles(self._letters[number])


def against_last_year(now: Year, last: Year) -> Iterator[Reuse]:
    """A `last_year` row for each report of a year whose agency has one among those of the year before."""
    by_agency = {prose.agency: number for number, prose in enumerate(last.proses)}
    for number, prose in enumerate(now.proses):
        other = by_agency.get(prose.agency)
        if other is not None:
            share = overlap(now.shingles(number), last.shingles(other))
            yield _reuse(prose, last.proses[other], "last_year", share)


def within_year(known: Year) -> Iterator[Reuse]:
    """A `same_year` row for each report: the other agency's report of the year that shares most with it."""
    best: dict[int, tuple[float, int]] = {}
    for one, other in _promising(known):
        share = overlap(known.shingles(one), known.shingles(other))
        for here, there in ((one, other), (other, one)):
            if here not in best or share > best[here][0]:
                best[here] = share, there
    for here, (share, there) in best.items():
        yield _reuse(known.proses[here], known.proses[there], "same_year", share)


def candidates(signatures: Signatures) -> Pairs:
    """Pairs of rows (i < j) that may be near; signatures of shape (n, 128), result (pairs, 2)."""
    count = len(signatures)
    found = [np.empty(0, dtype=np.int64)]
    for start in range(0, BINS, _STEP):
        columns = signatures[:, (start + np.arange(_DEPTH)) % BINS]
        order = np.lexsort(columns.T[::-1])
        begins = columns[order, 0]
        for step in range(1, min(_NEIGHBOURS, count - 1) + 1):
            near = np.flatnonzero(begins[step:] == begins[:-step])
            one, other = order[near], order[near + step]
            found.append(np.minimum(one, other) * count + np.maximum(one, other))
    both = np.sort(np.concatenate(found))
    both = both[np.diff(both, prepend=-1) > 0]
    return np.stack((both // count, both % count), axis=1) if count else np.empty((0, 2), dtype=np.int64)


def estimates(signatures: Signatures, pairs: Pairs) -> NDArray[np.float32]:
    """Estimated Jaccard overlap of each pair, shape (pairs,)."""
    result = np.empty(len(pairs), dtype=np.float32)
    for start in range(0, len(pairs), _AT_ONCE):
        one, other = pairs[start : start + _AT_ONCE].T
        same = signatures[one] == signatures[other]
        result[start : start + _AT_ONCE] = same.sum(axis=1, dtype=np.uint8) / np.float32(BINS)
    return result


def _promising(known: Year) -> Iterator[tuple[int, int]]:
    """Each report's candidates of other agencies with the highest estimates, every pair once."""
    count = len(known.proses)
    if count < 2:
        return
    signatures = np.stack([signature(known.shingles(number)) for number in range(count)])
    pairs = candidates(signatures)
    agencies = np.unique([prose.agency for prose in known.proses], return_inverse=True)[1]
    pairs = pairs[agencies[pairs[:, 0]] != agencies[pairs[:, 1]]]
    if not len(pairs):
        return
    guess = estimates(signatures, pairs)
    for index in sorted(_best_of_each(pairs, guess, count)):
        yield int(pairs[index, 0]), int(pairs[index, 1])


def _best_of_each(pairs: Pairs, guess: NDArray[np.float32], count: int) -> set[int]:
    """Indexes of the pairs with the highest estimate of each report, and of the next where it is as likely."""
    member = np.concatenate((pairs[:, 0], pairs[:, 1]))
    index = np.tile(np.arange(len(pairs)), 2)
    level = np.rint(guess * BINS).astype(np.int64)[index]
    order = np.argsort(member * (BINS + 1) - level, kind="stable")
    member, index = member[order], index[order]
    start = np.searchsorted(member, np.arange(count))
    rank = np.arange(len(member)) - start[member]
    best = guess[index[np.minimum(start, len(index) - 1)]][member]
    return set(index[(rank < _TRIED) & (guess[index] >= best - _DOUBT)].tolist())


def _reuse(one: Prose, other: Prose, kind: Kind, share: float) -> Reuse:
    only_year = share > 0.9 and only_the_year_changed(one.text, other.text)
    return Reuse(one.report, other.report, kind, share, only_year)
