"""Digits of neighbouring cells run together: every way to part them, and the one that the sums leave.

Numbers come in groups whose last is the sum of the others: seven in a row of table 3, five in a row of table 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import merge
from itertools import islice

NO_SUMS = 0
MOST_WAYS = 200
_LEAST_PARTS = 2
_LONGEST = 4000
"""No number has so many digits, and Python refuses to read some more."""


def closes(numbers: Sequence[int], group: int) -> bool:
    """Whether every group of so many numbers ends with the sum of the others; without sums nothing closes."""
    if group == NO_SUMS or not numbers or len(numbers) % group:
        return False
    ends = range(group, len(numbers) + 1, group)
    return all(sum(numbers[end - group : end - 1]) == numbers[end - 1] for end in ends)


def part(tokens: Sequence[str], cells: int, group: int = NO_SUMS) -> Iterator[tuple[int, ...]]:
    """Every way to read digit strings as `cells` numbers without leading zeros, whose groups close if there are any."""
    yield from _grow(tuple(tokens), 0, (), (cells, group), sum(map(len, tokens)))


def _grow(
    tokens: tuple[str, ...], at: int, numbers: tuple[int, ...], goal: tuple[int, int], left: int
) -> Iterator[tuple[int, ...]]:
    """The readings that begin with these numbers; `left` digits follow, the first at `at` of the first string."""
    cells, group = goal
    missing = cells - len(numbers)
    spare = left - missing
    if spare == 0 or len(tokens) == missing:
        rest = "".join(tokens)[at:] if spare == 0 else (tokens[0][at:], *tokens[1:])
        yield from _one_each(rest, numbers, group)
        return
    if len(tokens) > missing or not tokens or spare < 0 or _too_large(numbers, goal, spare):
        return
    token = tokens[0]
    if missing == group and not len(numbers) % group:
        for last in _last_group((token[at:], *tokens[1:]), group):
            yield (*numbers, *last)
        return
    for end in _ends(token[: at + spare + 1], at, numbers, group):
        rest, start = (tokens[1:], 0) if end == len(token) else (tokens, end)
        yield from _grow(rest, start, (*numbers, int(token[at:end])), goal, left - end + at)


def _last_group(tokens: tuple[str, ...], group: int) -> Iterator[tuple[int, ...]]:
    """The readings of digits as one group, the shortest numbers first: some for each total that they may end with."""
    *before, token = tokens
    digits = sum(map(len, tokens))
    longest = (digits - group + 2 + len(str(group))) // 2  # what the sum of so few digits can have
    ways = []
    for size in range(-(-digits // group), min(longest, len(token), _LONGEST) + 1):
        rest, total = token[:-size], token[-size:]
        if total[0] != "0" or size == 1:
            ways.append(_summing((*before, rest) if rest else tuple(before), group - 1, int(total), (int(total),)))
    return merge(*ways, key=_lengths)


def _lengths(numbers: tuple[int, ...]) -> list[int]:
    return [len(str(number)) for number in numbers]


def _summing(tokens: tuple[str, ...], count: int, total: int, after: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The ways to read digits as so many numbers whose sum is `total`, `after` behind each."""
    digits, size = sum(map(len, tokens)), len(str(total))
    spare = digits - count
    if not len(tokens) <= count <= digits:
        return
    if spare > count * (size - 1) or spare + 1 + len(str(count)) < size:
        return  # more digits than numbers up to the total have, or too few to reach it
    token = tokens[0]
    if count == 1:
        if token == str(total):
            yield (total, *after)
        return
    for end in range(1, 2 if token[0] == "0" else min(len(token), spare + 1, size) + 1):
        rest = tokens[1:] if end == len(token) else (token[end:], *tokens[1:])
        number = int(token[:end])
        for others in _summing(rest, count - 1, total - number, after) if number <= total else ():
            yield (number, *others)


def _too_large(numbers: tuple[int, ...], goal: tuple[int, int], spare: int) -> bool:
    """Whether the numbers of a group that has begun exceed every total that the digits left could print."""
    cells, group = goal
    begun = len(numbers) % group if group else 0
    if not begun or len(numbers) - begun + group > cells:
        return False
    return len(str(sum(numbers[-begun:]))) > spare + 1


def _one_each(rest: Sequence[str], numbers: tuple[int, ...], group: int) -> Iterator[tuple[int, ...]]:
    """The only reading when every string, or every digit, that is left must be one number, if it is one."""
    if any(text[0] == "0" and len(text) > 1 for text in rest):
        return
    whole = (*numbers, *map(int, rest))
    totals = range(len(numbers), len(whole)) if group else ()
    if all(sum(whole[end + 1 - group : end]) == whole[end] for end in totals if end % group == group - 1):
        yield whole


def _ends(token: str, at: int, numbers: tuple[int, ...], group: int) -> Iterator[int]:
    """Where the next number can end; the last of a group is known from the others."""
    if group and len(numbers) % group == group - 1:
        total = str(sum(numbers[1 - group :]))
        if token.startswith(total, at):
            yield at + len(total)
        return
    yield from range(at + 1, at + 2 if token[at] == "0" else len(token) + 1)


def part_all(tokens: Sequence[str], cells: int, group: int) -> tuple[tuple[int, ...], ...]:
    """The readings whose groups close, at most `MOST_WAYS` of them; none when a token is no whole number."""
    return _ways(tuple(tokens), cells, group) if all(map(str.isdecimal, tokens)) else ()


@lru_cache(maxsize=64)
def _ways(tokens: tuple[str, ...], cells: int, group: int) -> tuple[tuple[int, ...], ...]:
    """A row is asked for twice where it has several readings, and most rows are zeros: kept."""
    return tuple(islice(part(tokens, cells, group), MOST_WAYS))


def part_surely(
    tokens: Sequence[str], cells: int, group: int, *, filled: bool = False, blanks: bool = False
) -> tuple[int, ...] | None:
    """The only reading, whose groups close where there are any; None when there is none or more than one.

    A group that does not close is not taken even where one reading is left: a blank among the cells leaves no trace.
    In a file with `blanks` that left no trace fewer numbers must not close either. Without groups the digits must not
    make fewer numbers, as 297 may be one number beside two blanks, unless the agency `filled` every cell.
    """
    if any(not token.isdecimal() for token in tokens) or not tokens:
        return None
    if group == NO_SUMS and not filled and any(_any(part(tokens, fewer)) for fewer in range(len(tokens), cells)):
        return None
    if blanks and group == cells and any(_any(part(tokens, fewer, fewer)) for fewer in range(_LEAST_PARTS, cells)):
        return None
    ways = part_all(tokens, cells, group)
    return ways[0] if len(ways) == 1 else None


def _any(readings: Iterator[tuple[int, ...]]) -> bool:
    return next(readings, None) is not None
