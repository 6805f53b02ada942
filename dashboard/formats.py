"""How numbers are written: counts, shares, percentage points and changes, in one place for page, chart and hover."""

from __future__ import annotations

import math

from dashboard.catalogue import Catalogue

NOTHING = "—"
SMALL_BASE = 10
"""A change in % on a base under this is flagged: 1 → 3 is not a trend."""


def absent(value: float | None) -> bool:
    """True for None and for the NaN that stands for null in a frame."""
    return value is None or math.isnan(value)


def number(value: float | None) -> str:
    """`1,234` for whole numbers, at most two decimals otherwise, `—` for null."""
    if value is None or absent(value):
        return NOTHING
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def percent(share: float | None) -> str:
    """A share of 1 as `12.3%`, `—` for null."""
    return NOTHING if share is None or absent(share) else f"{100 * share:.1f}%"


def change_of_count(now: float | None, before: float | None, words: Catalogue) -> str | None:
    """`+12.5%`, with a remark when the base is small; None when a side is null or the base is not above 0."""
    if now is None or before is None or absent(now) or absent(before) or before <= 0:
        return None
    text = f"{100 * (now - before) / before:+.1f}%"
    return words("format.small_base", change=text) if before < SMALL_BASE else text


def difference(now: float | None, before: float | None) -> str | None:
    """`+0.21`: for rates that are no share of 1. None when either is null."""
    if now is None or before is None or absent(now) or absent(before):
        return None
    return f"{now - before:+,.2f}"


def points(share: float | None, words: Catalogue) -> str:
    """A difference of two shares of 1 as `+2.1 个百分点`, `—` for null."""
    return NOTHING if share is None or absent(share) else words("format.points", points=f"{100 * share:+.1f}")


def change_of_share(now: float | None, before: float | None, words: Catalogue) -> str | None:
    """`+2.1 个百分点`: shares of 1 are subtracted, never divided. None when either is null."""
    if now is None or before is None or absent(now) or absent(before):
        return None
    return points(now - before, words)
