"""Text reuse between reports: each against its agency's last year and against its year's nearest other.

No pair of a year is compared that LSH has not proposed: signatures are sorted from several starts, and only neighbours
in such an order that begin alike are candidates (an LSH forest). Texts under 50 letters are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from etl.similarity import BINS, SHORTEST, Shingles, narrative, only_the_year_changed, overlap, shingles, signature

_STEP = 4
_DEPTH = 4
_NEIGHBOURS = 6
_TRIED = 2
_DOUBT = 0.08

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


@dataclass(frozen=True, slots=True)
class _Known:
    prose: Prose
    shingles: Shingles
    signature: Signatures


def against_last_year(proses: Iterable[Prose], before: Iterable[Prose]) -> Iterator[Reuse]:
    """A `last_year` row for each report of a year whose agency has one among those of the year before."""
    last = {one.prose.agency: one for one in _known(before)}
    for one in _known(proses):
        other = last.get(one.prose.agency)
        if other is not None:
            yield _reuse(one, other, "last_year", overlap(one.shingles, other.shingles))


def within_year(proses: Iterable[Prose]) -> Iterator[Reuse]:
    """A `same_year` row for each report: the other agency's report of the year that shares most with it."""
    known = list(_known(proses))
    best: dict[int, tuple[float, int]] = {}
    for one, other in _promising(known):
        share = overlap(known[one].shingles, known[other].shingles)
        for here, there in ((one, other), (other, one)):
            if here not in best or share > best[here][0]:
                best[here] = share, there
    for here, (share, there) in best.items():
        yield _reuse(known[here], known[there], "same_year", share)


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
    both = np.unique(np.concatenate(found))
    return np.stack((both // count, both % count), axis=1) if count else np.empty((0, 2), dtype=np.int64)


def estimates(signatures: Signatures, pairs: Pairs) -> NDArray[np.float32]:
    """Estimated Jaccard overlap of each pair, shape (pairs,)."""
    result = np.empty(len(pairs), dtype=np.float32)
    for start in range(0, len(pairs), 100_000):
        some = pairs[start : start + 100_000]
        result[start : start + 100_000] = (signatures[some[:, 0]] == signatures[some[:, 1]]).mean(axis=1)
    return result


def _known(proses: Iterable[Prose]) -> Iterator[_Known]:
    """The reports whose prose is long enough to say anything."""
    for prose in proses:
        letters = narrative(prose.text)
        if len(letters) >= SHORTEST:
            found = shingles(letters)
            yield _Known(prose, found, signature(found))


def _promising(known: Sequence[_Known]) -> Iterator[tuple[int, int]]:
    """Each report's candidates of other agencies with the highest estimates, every pair once."""
    if len(known) < 2:
        return
    signatures = np.stack([one.signature for one in known])
    pairs = candidates(signatures)
    agencies = np.unique([one.prose.agency for one in known], return_inverse=True)[1]
    pairs = pairs[agencies[pairs[:, 0]] != agencies[pairs[:, 1]]]
    if not len(pairs):
        return
    guess = estimates(signatures, pairs)
    for index in sorted(_best_of_each(pairs, guess, len(known))):
        yield int(pairs[index, 0]), int(pairs[index, 1])


def _best_of_each(pairs: Pairs, guess: NDArray[np.float32], count: int) -> set[int]:
    """Indexes of the pairs with the highest estimate of each report, and of the next where it is as likely."""
    member = np.concatenate((pairs[:, 0], pairs[:, 1]))
    index = np.tile(np.arange(len(pairs)), 2)
    order = np.lexsort((-guess[index], member))
    member, index = member[order], index[order]
    start = np.searchsorted(member, np.arange(count))
    rank = np.arange(len(member)) - start[member]
    best = guess[index[np.minimum(start, len(index) - 1)]][member]
    return set(index[(rank < _TRIED) & (guess[index] >= best - _DOUBT)].tolist())


def _reuse(one: _Known, other: _Known, kind: Kind, share: float) -> Reuse:
    only_year = share > 0.9 and only_the_year_changed(one.prose.text, other.prose.text)
    return Reuse(one.prose.report, other.prose.report, kind, share, only_year)
