"""Text reuse between reports, for the warehouse: each report against its agency's last year and its year's nearest.

Works year by year and holds two years at a time. No pair is compared that LSH has not proposed: signatures are sorted
from several starts, and only neighbours in such an order that begin alike are candidates (an LSH forest).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from etl.similarity import BINS, SHORTEST, Hashes, hashes, narrative, only_the_year_changed, overlap, signature

_TREES = 42
_DEPTH = 6
_NEIGHBOURS = 6
_TRIED = 2

Kind = Literal["last_year", "same_year"]
Signatures = NDArray[np.uint32]
Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prose:
    """The narrative sections of a report as printed. `agency` is whatever tells agencies apart for the caller."""

    report: str | int
    agency: str
    year: int
    text: str


@dataclass(frozen=True, slots=True)
class Reuse:
    """One row of table text_reuse. `similarity` is 0–1; `only_year` says that nothing differs but the year."""

    report: str | int
    other: str | int
    kind: Kind
    similarity: float
    only_year: bool


@dataclass(frozen=True, slots=True)
class _Known:
    prose: Prose
    hashes: Hashes
    signature: Signatures


def text_reuse(years: Iterable[Sequence[Prose]]) -> Iterator[Reuse]:
    """Rows for the reports of each year, years in rising order.

    A report has at most one `last_year` row (none where the year before is not there) and at most one `same_year` row:
    the other agency's report that shares most of it. Texts under 50 letters have none.
    """
    before: dict[str, _Known] = {}
    year_before: int | None = None
    for proses in years:
        known = [_known(prose, letters) for prose, letters in _long_enough(proses)]
        if known and year_before is not None and known[0].prose.year == year_before + 1:
            yield from _against_last_year(known, before)
        yield from _within_year(known)
        before = {one.prose.agency: one for one in known}
        year_before = known[0].prose.year if known else None


def candidates(signatures: Signatures) -> Pairs:
    """Pairs of rows (i < j) that may be near; signatures of shape (n, 128), result (pairs, 2)."""
    count = len(signatures)
    found = [np.empty(0, dtype=np.int64)]
    for start in range(0, BINS, BINS // _TREES):
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


def _long_enough(proses: Iterable[Prose]) -> Iterator[tuple[Prose, str]]:
    for prose in proses:
        letters = narrative(prose.text)
        if len(letters) >= SHORTEST:
            yield prose, letters


def _known(prose: Prose, letters: str) -> _Known:
    found = hashes(letters)
    return _Known(prose, found, signature(found))


def _against_last_year(known: Iterable[_Known], before: dict[str, _Known]) -> Iterator[Reuse]:
    for one in known:
        other = before.get(one.prose.agency)
        if other is not None:
            yield _reuse(one, other, "last_year", overlap(one.hashes, other.hashes))


def _within_year(known: Sequence[_Known]) -> Iterator[Reuse]:
    if len(known) < 2:
        return
    best: dict[int, tuple[float, int]] = {}
    for one, other in _promising(known):
        share = overlap(known[one].hashes, known[other].hashes)
        for here, there in ((one, other), (other, one)):
            if here not in best or share > best[here][0]:
                best[here] = share, there
    for here, (share, there) in best.items():
        yield _reuse(known[here], known[there], "same_year", share)


def _promising(known: Sequence[_Known]) -> Iterator[tuple[int, int]]:
    """Each report's candidates of other agencies with the highest estimates, every pair once."""
    signatures = np.stack([one.signature for one in known])
    pairs = candidates(signatures)
    agencies = np.unique([one.prose.agency for one in known], return_inverse=True)[1]
    pairs = pairs[agencies[pairs[:, 0]] != agencies[pairs[:, 1]]]
    guess = estimates(signatures, pairs)
    for index in sorted(_best_of_each(pairs, guess, len(known))):
        yield int(pairs[index, 0]), int(pairs[index, 1])


def _best_of_each(pairs: Pairs, guess: NDArray[np.float32], count: int) -> set[int]:
    """Indexes of the pairs with the highest estimates of each report."""
    member = np.concatenate((pairs[:, 0], pairs[:, 1]))
    index = np.tile(np.arange(len(pairs)), 2)
    order = np.lexsort((-guess[index], member))
    member, index = member[order], index[order]
    start = np.searchsorted(member, np.arange(count))
    rank = np.arange(len(member)) - start[member]
    return set(index[rank < _TRIED].tolist())


def _reuse(one: _Known, other: _Known, kind: Kind, share: float) -> Reuse:
    only_year = share > 0.9 and only_the_year_changed(one.prose.text, other.prose.text)
    return Reuse(one.prose.report, other.prose.report, kind, share, only_year)
