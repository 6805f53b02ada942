"""Text reuse between reports: each against its agency's last year and against its year's nearest other.

No pair of a year is compared that LSH has not proposed: signatures are sorted from several starts, and only neighbours
in such an order that begin alike are candidates (an LSH forest). Texts under 50 letters are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from etl.words.shingles import BINS, Hashes, Signatures, letters, shingles, signatures
from etl.words.similarity import SHORTEST, Shelf, only_the_year_changed

_STEP = 4
_DEPTH = 4
_NEIGHBOURS = 6
_TRIED = 2
_DOUBT = 10
"""So many equal values fewer of a signature's 128 may be chance."""
_HELD = 2**24
"""Shingles of a year that are held, 128 MiB; those of other reports are made when they are asked for."""
_AT_ONCE = 500
"""The shingles of so many reports, or so many signatures, stay in the processor's cache while they are worked on."""

Kind = Literal["last_year", "same_year"]
Pairs = NDArray[np.int32]


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
    """The reports of a year whose prose is long enough to say anything, with what they are compared by."""

    def __init__(self, proses: Iterable[Prose]) -> None:
        told = list(proses)
        self.proses: list[Prose] = []
        self._held: list[Hashes] = []
        signed, room = [signatures([])], _HELD
        for start in range(0, len(told), _AT_ONCE):
            some = told[start : start + _AT_ONCE]
            found = zip(some, shingles([prose.text for prose in some]), strict=True)
            long = [(prose, one) for prose, one in found if letters(one) >= SHORTEST]
            self.proses += [prose for prose, _ in long]
            signed.append(signatures([one for _, one in long]))
            room -= sum(len(one) for _, one in long)
            if room > 0:
                self._held += [one for _, one in long]
        self.signatures = np.concatenate(signed)

    def shingles(self, number: int) -> Hashes:
        """The shingles of a report."""
        if number < len(self._held):
            return self._held[number]
        return shingles([self.proses[number].text])[0]


def against_last_year(now: Year, last: Year) -> Iterator[Reuse]:
    """A `last_year` row for each report of a year whose agency has one among those of the year before."""
    shelf = Shelf()
    by_agency = {prose.agency: number for number, prose in enumerate(last.proses)}
    for number, prose in enumerate(now.proses):
        other = by_agency.get(prose.agency)
        if other is not None:
            share = shelf.overlap(now.shingles(number), last.shingles(other))
            yield _reuse(prose, last.proses[other], "last_year", share)


def within_year(known: Year) -> Iterator[Reuse]:
    """A `same_year` row for each report: the other agency's report of the year that shares most with it."""
    best: dict[int, tuple[float, int]] = {}
    shelf = Shelf()
    for one, other in _promising(known):
        share = shelf.overlap(known.shingles(one), known.shingles(other))
        for here, there in ((one, other), (other, one)):
            if here not in best or share > best[here][0]:
                best[here] = share, there
    for here, (share, there) in best.items():
        yield _reuse(known.proses[here], known.proses[there], "same_year", share)


def candidates(signatures: Signatures) -> Pairs:
    """Pairs of rows (i < j) that may be near; signatures of shape (n, 128), result (pairs, 2)."""
    count = len(signatures)
    found = [np.empty(0, dtype=np.int64)]
    wide = signatures.astype(np.uint64)
    twos = (wide << np.uint64(32)) | np.roll(wide, -1, axis=1)
    for start in range(0, BINS, _STEP):
        order = np.lexsort([twos[:, (start + at) % BINS] for at in reversed(range(0, _DEPTH, 2))])
        begins = signatures[order, start]
        for step in range(1, min(_NEIGHBOURS, count - 1) + 1):
            near = np.flatnonzero(begins[step:] == begins[:-step])
            one, other = order[near], order[near + step]
            found.append(np.minimum(one, other) * count + np.maximum(one, other))
    both = np.concatenate(found)
    both.sort()
    both = np.concatenate((both[:1], both[1:][both[1:] != both[:-1]]))
    return np.stack(((both // max(count, 1)).astype(np.int32), (both % max(count, 1)).astype(np.int32)), axis=1)


def _promising(known: Year) -> Iterator[tuple[int, int]]:
    """Each report's candidates of other agencies whose signatures are most alike, every pair once."""
    pairs = candidates(known.signatures)
    agencies = np.unique([prose.agency for prose in known.proses], return_inverse=True)[1]
    pairs = pairs[agencies[pairs[:, 0]] != agencies[pairs[:, 1]]]
    yield from map(tuple, pairs[_best_of_each(pairs, _alike(known.signatures, pairs), len(agencies))].tolist())


def _alike(signatures: Signatures, pairs: Pairs) -> NDArray[np.int16]:
    """How many of the 128 values two signatures share, for each pair; shape (pairs,)."""
    result = np.empty(len(pairs), dtype=np.int16)
    for start in range(0, len(pairs), _AT_ONCE):
        one, other = pairs[start : start + _AT_ONCE].T
        same = signatures.take(one, axis=0) == signatures.take(other, axis=0)
        result[start : start + _AT_ONCE] = np.bitwise_count(same.view(np.uint64)).sum(axis=1)
    return result


def _best_of_each(pairs: Pairs, alike: NDArray[np.int16], count: int) -> NDArray[np.int64]:
    """Indexes of the pairs that are most alike of each report, and of the next where it is as likely."""
    best = np.zeros(count, dtype=np.int16)
    for member in pairs.T:
        np.maximum.at(best, member, alike)
    index, side = np.nonzero(alike[:, np.newaxis] >= best[pairs] - _DOUBT)
    member = pairs[index, side]
    order = np.lexsort((index, side, -alike[index], member))
    rank = np.arange(len(order)) - np.searchsorted(member[order], member[order])
    return np.unique(index[order][rank < _TRIED])


def _reuse(one: Prose, other: Prose, kind: Kind, share: float) -> Reuse:
    only_year = share > 0.9 and only_the_year_changed(one.text, other.text)
    return Reuse(one.report, other.report, kind, share, only_year)
