"""Which figures a person can still tell apart where a layout leaves nothing between the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from etl.form import Form, FormTable
from etl.sample.figures import table_sum

MOST_READINGS = 2
LONGEST = 18
"""Nobody parts a longer run by hand."""
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def undeterminable(form: Form, texts: dict[str, str]) -> list[str]:
    """Keys of the cells whose digits, run together, have more than one reading that obeys the row's sum."""
    lost: list[str] = []
    for table in form.tables:
        for all_keys, groups in _runs(table):
            keys = [key for key in all_keys if key in texts]
            run = "".join(texts[key] for key in keys)
            long = len(run) > LONGEST * max(groups, 1)
            if len(keys) > 1 and (long or _readings(run, len(keys), groups) != 1):
                lost += keys
    return lost


def _runs(table: FormTable) -> Iterator[tuple[list[str], int]]:
    """The keys that stand side by side, and in how many groups of parts and total they fall (0: no sum)."""
    rows = [[f"{table.table_no}/{row.key}/{column.key}" for column in row.columns] for row in table.rows]
    rules = [rule.rule for rule in table.sums if rule.over == "columns"]
    if not rules:
        yield from ((keys, 0) for keys in rows)
    elif len(table_sum(table, rules[0])[0]) + 1 == len(rows[0]) and len(rows) > 3:
        yield from ((keys, 1) for keys in rows)
    else:
        yield [key for keys in rows for key in keys], len(rows)


@lru_cache(maxsize=50_000)
def _readings(run: str, count: int, groups: int) -> int:
    """In how many ways the digits part into `count` numbers whose every group ends in its sum; counting stops at 2."""
    if not groups:
        return _splits(run, count)
    size = count // groups
    return _grouped(run, size, groups)


def _splits(run: str, count: int) -> int:
    return sum(1 for _ in zip(_ways(run, count), range(MOST_READINGS), strict=False))


def _grouped(run: str, size: int, groups: int) -> int:
    if groups == 1:
        return sum(1 for _ in zip(_sums(run, size), range(MOST_READINGS), strict=False))
    found = 0
    for cut in range(size, len(run) - size * (groups - 1) + 1):
        first = _grouped(run[:cut], size, 1)
        found += first * _grouped(run[cut:], size, groups - 1) if first else 0
        if found >= MOST_READINGS:
            break
    return found


def _sums(run: str, count: int) -> Iterator[tuple[float, ...]]:
    return (way for way in _ways(run, count) if sum(way[:-1]) == way[-1])


def _ways(run: str, count: int) -> Iterator[tuple[float, ...]]:
    """Every way to part the run into so many numbers without leading zeros."""
    if count == 1:
        if _NUMBER.fullmatch(run):
            yield (float(run),)
        return
    for cut in range(1, len(run) - count + 2):
        if _NUMBER.fullmatch(run[:cut]):
            yield from ((float(run[:cut]), *rest) for rest in _ways(run[cut:], count - 1))
