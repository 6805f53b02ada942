"""Digits of neighbouring cells run together: every way to part them, and the one that the sums leave.

Numbers come in groups whose last is the sum of the others: seven in a row of table 3, five in a row of table 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

NO_SUMS = 0
_LEAST_PARTS = 3


def closes(numbers: Sequence[int], group: int) -> bool:
    """Whether every group of so many numbers ends with the sum of the others; without sums nothing closes."""
    if group == NO_SUMS or not numbers or len(numbers) % group:
        return False
    groups = (numbers[at : at + group] for at in range(0, len(numbers), group))
    return all(sum(parts) == total for *parts, total in groups)


def part(tokens: Sequence[str], cells: int, group: int = NO_SUMS) -> Iterator[tuple[int, ...]]:
    """Every way to read digit strings as `cells` numbers without leading zeros, whose groups close if there are any."""
    yield from _grow(tuple(tokens), 0, (), (cells, group), sum(map(len, tokens)))


def _grow(
    tokens: tuple[str, ...], at: int, numbers: tuple[int, ...], goal: tuple[int, int], left: int
) -> Iterator[tuple[int, ...]]:
    """The readings that begin with these numbers; `left` digits follow, the first at `at` of the first string."""
    cells, group = goal
    missing = cells - len(numbers)
    if len(tokens) == missing:
        yield from _one_each(tokens, at, numbers, group)
        return
    spare = left - missing
    if len(tokens) > missing or not tokens or spare < 0 or _too_large(numbers, goal, spare):
        return
    token = tokens[0]
    for end in _ends(token[: at + spare + 1], at, numbers, group):
        rest, start = (tokens[1:], 0) if end == len(token) else (tokens, end)
        yield from _grow(rest, start, (*numbers, int(token[at:end])), goal, left - end + at)


def _too_large(numbers: tuple[int, ...], goal: tuple[int, int], spare: int) -> bool:
    """Whether the numbers of a group that has begun exceed every total that the digits left could print."""
    cells, group = goal
    begun = len(numbers) % group if group else 0
    if not begun or len(numbers) - begun + group > cells:
        return False
    return len(str(sum(numbers[-begun:]))) > spare + 1


def _one_each(tokens: tuple[str, ...], at: int, numbers: tuple[int, ...], group: int) -> Iterator[tuple[int, ...]]:
    """The only reading when every string that is left must be one number, if it is one."""
    rest = [tokens[0][at:], *tokens[1:]] if tokens else []
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


def part_all(tokens: Sequence[str], cells: int, group: int, limit: int) -> list[tuple[int, ...]]:
    """The readings whose groups close, at most `limit` of them; none when a token is no whole number."""
    if any(not token.isdecimal() for token in tokens):
        return []
    return list(islice(part(tokens, cells, group), limit))


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
    return _only(part(tokens, cells, group))


def _any(readings: Iterator[tuple[int, ...]]) -> bool:
    return next(readings, None) is not None


def _only(readings: Iterator[tuple[int, ...]]) -> tuple[int, ...] | None:
    first = next(readings, None)
    return first if first is not None and next(readings, None) is None else None
