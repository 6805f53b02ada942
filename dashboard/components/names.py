"""Names to choose and to draw by, no two alike: a list knows its entries by their words, a chart its lines and bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.components.view import View


def told_apart(spellings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The first spelling of each key; of those that share it the second, and so on. The last ones must differ."""
    names = {key: ways[0] for key, ways in spellings.items()}
    for way in range(1, max(map(len, spellings.values()), default=0)):
        seen = Counter(names.values())
        names = {key: ways[way] if seen[names[key]] > 1 else names[key] for key, ways in spellings.items()}
    return names


def agencies(view: View, frame: pd.DataFrame, key: str = "group_key") -> dict[str, str]:
    """Agencies by key: the name of the last row, with the county where that is not in it or several counties share it.

    Where the place of several of one name is open, their keys tell them apart.
    """
    rows: list[Any] = frame[[key, "agency", "county"]].to_dict("records")
    return told_apart({str(row[key]): _ways(view, row, str(row[key])) for row in rows})


def _ways(view: View, row: Any, key: str) -> tuple[str, str]:
    agency, county = str(row["agency"]), row["county"]
    code, _, _ = key.partition(" ")
    inside = "" if pd.isna(county) or county in agency else str(county)
    shared = "" if pd.isna(county) else view.county_names.get(code, str(county)).removeprefix(str(county))
    place = f"（{shared[1:-1]}{inside}）" if shared else f"（{inside}）" if inside else ""
    return f"{agency}{place}", f"{agency}{place}（{code}）"
