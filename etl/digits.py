"""Digits of neighbouring cells run together: every way to part them, and the one that the sums leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

Check = Callable[[Sequence[int]], bool]


def part(tokens: Sequence[str], cells: int, prefix_holds: Check | None = None) -> Iterator[tuple[int, ...]]:
    """Every way to read digit strings as `cells` numbers without leading zeros.

    `prefix_holds` sees each growing prefix of the numbers and cuts a branch that can no longer be right.
    """
    yield from _grow(tuple(tokens), 0, (), (cells, prefix_holds))


def _grow(
    tokens: tuple[str, ...], at: int, numbers: tuple[int, ...], goal: tuple[int, Check | None]
) -> Iterator[tuple[int, ...]]:
    cells, holds = goal
    left = sum(len(token) for token in tokens) - at
    missing = cells - len(numbers)
    if not tokens:
        if not missing:
            yield numbers
        return
    if len(tokens) > missing or left < missing:
        return
    token = tokens[0]
    longest = 1 if token[at] == "0" else len(token) - at
    for end in range(at + 1, at + longest + 1):
        grown = (*numbers, int(token[at:end]))
        if holds is not None and not holds(grown):
            continue
        rest, start = (tokens[1:], 0) if end == len(token) else (tokens, end)
        yield from _grow(rest, start, grown, goal)


def part_all(tokens: Sequence[str], cells: int, sums_hold: Check, limit: int) -> list[tuple[int, ...]]:
    """The readings whose sums hold, at most `limit` of them; none when a token is no whole number."""
    if any(not token.isdecimal() for token in tokens):
        return []
    return list(islice(part(tokens, cells, sums_hold), limit))


def part_surely(tokens: Sequence[str], cells: int, sums_hold: Check) -> tuple[int, ...] | None:
    """The only reading, or the only one whose sums hold; None when there is none or more than one."""
    if any(not token.isdecimal() for token in tokens) or not tokens:
        return None
    without = _only(part(tokens, cells))
    return without if without is not None else _only(part(tokens, cells, sums_hold))


def _only(readings: Iterator[tuple[int, ...]]) -> tuple[int, ...] | None:
    first = next(readings, None)
    return first if first is not None and next(readings, None) is None else None


def totals_close(group: int) -> Check:
    """A check that each full group of so many numbers ends with the sum of the others (A3, A4)."""

    def holds(numbers: Sequence[int]) -> bool:
        if len(numbers) % group:
            return True
        *parts, total = numbers[-group:]
        return sum(parts) == total

    return holds
