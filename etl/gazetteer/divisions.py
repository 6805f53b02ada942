"""The list of divisions by name and by code: provinces, prefectures, counties and townships, each with its years."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from pyarrow.parquet import ParquetFile

FIRST_YEAR, LAST_YEAR = 2008, 2025
PROVINCE, CITY, COUNTY, TOWNSHIP = 1, 2, 3, 4


class Division(NamedTuple):
    """One division under one name; a renamed one has a row a name. Years are inclusive; 2008 also means earlier."""

    code: str
    level: int
    name: str
    parent_code: str
    kind: str
    official: bool
    first_year: int
    last_year: int

    def valid_in(self, year: int | None) -> bool:
        """Whether the name was in use in that year; a year outside the list counts as the nearest one inside."""
        if year is None:
            return self.last_year >= LAST_YEAR
        return self.first_year <= min(max(year, FIRST_YEAR), LAST_YEAR) <= self.last_year

    @property
    def current(self) -> bool:
        """Whether the name is in the newest list."""
        return self.last_year >= LAST_YEAR


@dataclass(frozen=True)
class Divisions:
    """The list, indexed. `names` holds full names, `aliases` other names of provinces, prefectures and counties."""

    names: Mapping[str, Sequence[Division]]
    aliases: Mapping[str, Sequence[Division]]
    by_code: Mapping[str, Sequence[Division]]
    successor: Mapping[str, str]

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """Length of the longest name that begins with two letters; most texts begin with no name's."""
        found: dict[str, int] = {}
        for name in chain(self.names, self.aliases):
            begins = name[:2]
            if found.get(begins, 0) < len(name):
                found[begins] = len(name)
        return found

    @cached_property
    def last_letters(self) -> frozenset[str]:
        """The letters that names end with."""
        return frozenset(name[-1] for name in chain(self.names, self.aliases))

    @cached_property
    def townships_of(self) -> Mapping[str, Sequence[Division]]:
        """Townships by the code of their county, or of their prefecture where that has no counties."""
        found: dict[str, list[Division]] = {}
        for rows in self.names.values():
            for row in rows:
                if row.level == TOWNSHIP:
                    found.setdefault(row.parent_code, []).append(row)
        return found

    @cached_property
    def path(self) -> Callable[[str], tuple[Division, ...]]:
        """Province, prefecture (where there is one) and county of a code, under their newest names; kept, as a report
        asks several times."""
        return cache(self._path)

    def _path(self, code: str) -> tuple[Division, ...]:
        own = self.at(code, None)
        if own is None:
            return ()
        upper = (self.at(code[:2] + "0000", None), self.at(own.parent_code, None), own)
        return tuple(dict.fromkeys(row for row in upper if row is not None))

    def at(self, code: str, year: int | None) -> Division | None:
        """The province, prefecture or county of that code under its name of that year, else its last name."""
        rows = self.by_code.get(code, ())
        if not rows:
            return None
        return max(rows, key=lambda row: (row.valid_in(year), row.last_year))

    def living(self, code: str) -> str:
        """The code that follows a county's code, as often as it was replaced; the code itself while it lives."""
        seen = {code}
        while code in self.successor and self.successor[code] not in seen:
            code = self.successor[code]
            seen.add(code)
        return code


def load_divisions(folder: Path) -> Divisions:
    """The list of `division.parquet` and `county_successor.parquet`, without aliases."""
    with _collector_paused():
        rows = map(Division._make, _rows(folder / "division.parquet", Division._fields))
        return index(rows, dict(_rows(folder / "county_successor.parquet", ("old_code", "new_code"))))


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Those columns of a file; a database would take each process of a load three times as long."""
    table = ParquetFile(path).read(columns=list(columns), use_threads=False)
    return zip(*(table[column].to_pylist() for column in columns), strict=True)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """58 000 long-lived objects are made at once; looking for garbage among them costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def index(rows: Iterable[Division], successor: Mapping[str, str]) -> Divisions:
    """Divisions from plain rows, without aliases."""
    rows = list(rows)
    undivided = {(row.name, row.code) for row in rows if row.level == CITY}
    names: dict[str, list[Division]] = {}
    by_code: dict[str, list[Division]] = {}
    for row in rows:
        if row.level == COUNTY and (row.name, row.parent_code) in undivided:
            continue  # a prefecture without counties, listed once more as its own county
        names.setdefault(row.name, []).append(row)
        if row.level < TOWNSHIP:
            by_code.setdefault(row.code, []).append(row)
    return Divisions(names, {}, by_code, {**_recoded_zones(by_code), **successor})


def _recoded_zones(by_code: Mapping[str, Sequence[Division]]) -> dict[str, str]:
    """The newest code of a development zone by its earlier ones: the same name in the same prefecture."""
    zones = [row for rows in by_code.values() for row in rows if not row.official]
    newest = {(row.name, row.parent_code): row.code for row in sorted(zones, key=lambda row: row.last_year)}
    return {row.code: code for row in zones if (code := newest[row.name, row.parent_code]) != row.code}
