"""What can be chosen: the values that the warehouse knows for each filter, and how places nest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dashboard.queries.door import ask, build
from dashboard.queries.selection import UNASSIGNED, Choices


@dataclass(frozen=True, slots=True)
class Place:
    """A place of one level: its code, its name, the codes and names of the places above it, nearest first."""

    code: str
    name: str
    above: tuple[str, ...]
    above_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Years, kinds and places with at least one report; `unassigned` when some report's county is not known."""

    years: tuple[int, ...]
    kinds: tuple[str, ...]
    provinces: tuple[Place, ...]
    cities: tuple[Place, ...]
    counties: tuple[Place, ...]
    unassigned: bool

    def choices(self) -> Choices:
        """The same as plain values, to read a URL against."""
        special = [UNASSIGNED] if self.unassigned else []
        return Choices(
            year=[str(year) for year in self.years],
            province=[place.code for place in self.provinces],
            city=[place.code for place in self.cities],
            county=[*(place.code for place in self.counties), *special],
            kind=self.kinds,
        )


def _places(frame: pd.DataFrame, level: str, above: tuple[str, ...] = ()) -> tuple[Place, ...]:
    rows = frame.dropna(subset=[f"{level}_code"]).drop_duplicates(f"{level}_code")
    return tuple(
        Place(
            code=row[f"{level}_code"],
            name=row[level],
            above=tuple(row[f"{upper}_code"] for upper in above if pd.notna(row[f"{upper}_code"])),
            above_names=tuple(row[upper] for upper in above if pd.notna(row[upper])),
        )
        for _, row in rows.iterrows()
    )


def known() -> Known:
    """What the present build knows. Raises NoWarehouseError when nothing was ever loaded."""
    return _known(build())


@lru_cache(maxsize=4)
def _known(_: str) -> Known:
    places = ask("places")
    return Known(
        years=tuple(int(year) for year in ask("years")["year"]),
        kinds=tuple(ask("kinds")["kind"]),
        provinces=_places(places, "province"),
        cities=_places(places, "city", ("province",)),
        counties=_places(places, "county", ("city", "province")),
        unassigned=bool(places["unassigned"].any()),
    )
