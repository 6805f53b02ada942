"""Rows of joined digits that their own sum leaves open: the sums over rows may leave one way for all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from etl.form import Sum

Numbers = tuple[int, ...]
_MOST_WAYS = 50_000


def part_together(
    known: Mapping[str, Numbers], open_rows: Mapping[str, Sequence[Numbers]], sums: Sequence[Sum]
) -> dict[str, Numbers]:
    """The numbers of the open rows when exactly one combination satisfies every sum over rows; else nothing.

    `known` are the rows already told. A row that no sum binds, or whose sum has a row that is not there, stays open.
    """
    rows = set(known) | set(open_rows)
    binding = [total for total in sums if total.over == "rows" and rows.issuperset((*total.left, *total.right))]
    bound = {key for total in binding for key in (*total.left, *total.right)}
    keys = [key for key in open_rows if key in bound]
    if not keys or prod(len(open_rows[key]) for key in keys) > _MOST_WAYS:
        return {}
    found: dict[str, Numbers] = {}
    for way in product(*(open_rows[key] for key in keys)):
        values = {**known, **dict(zip(keys, way, strict=True))}
        if all(_holds(total, values) for total in binding):
            if found:
                return {}
            found = dict(zip(keys, way, strict=True))
    return found


def _holds(total: Sum, values: Mapping[str, Numbers]) -> bool:
    left = zip(*(values[key] for key in total.left), strict=True)
    right = zip(*(values[key] for key in total.right), strict=True)
    return all(sum(a) == sum(b) for a, b in zip(left, right, strict=True))
