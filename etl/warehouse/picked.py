"""The view `picked` of a connection: the reports that the filters leave, for the pages and the export."""

from __future__ import annotations

from functools import cache

from etl.paths import SQL


@cache
def picked(same: bool) -> str:
    """The statements that make it; they read the filters from the variable `chosen`.

    Without the filter for the same agencies nothing is said of it: asked in vain it counted every agency's years.
    """
    names = ("filtered", "picked_same" if same else "picked")
    return "".join((SQL / f"{name}.sql").read_text(encoding="utf-8") for name in names)
