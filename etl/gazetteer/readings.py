"""Every way to read the beginning of a name as province, prefecture, county and township that fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from etl.gazetteer.divisions import CITY, COUNTY, LAST_YEAR, PROVINCE, TOWNSHIP, Division, Divisions

_SHORTEST_TOWNSHIP = 3
VALID, NEARLY, NOT_THEN = 0, 1, 2


class Reading(Struct, frozen=True):
    """One way to read a name; `end` characters of it name places, `rank` 0 is the best of ranks 0 to 2.

    With `relaxed` the township was found without the ending of its name; `county_alias` is the name that the county
    goes by in the text when that is not its full name.
    """

    province: Division | None = None
    city: Division | None = None
    county: Division | None = None
    township: Division | None = None
    end: int = 0
    rank: int = 0
    relaxed: bool = False
    county_alias: str = ""

    @property
    def empty(self) -> bool:
        """Whether no place was read."""
        return self.end == 0

    @property
    def county_code(self) -> str | None:
        """The county's code, of the named one or the township's; None where there is no county level."""
        if self.county is not None:
            return self.county.code
        if self.township is None or self.township.parent_code.endswith("00"):
            return None
        return self.township.parent_code


def rank_of(division: Division, year: int | None) -> int:
    """0 when the name was valid in the year, 1 when a year off (reports are written a year later), else 2."""
    if division.valid_in(year) or _maybe_valid(division, year):
        return VALID
    if year is not None and (division.valid_in(year - 1) or division.valid_in(year + 1)):
        return NEARLY
    return NOT_THEN


def _maybe_valid(division: Division, year: int | None) -> bool:
    """Townships lack a list of 2024, and the newest list names some that older ones gave another name (…地区)."""
    if division.level != TOWNSHIP:
        return False
    return division.first_year == LAST_YEAR or (year == LAST_YEAR - 1 and division.last_year == LAST_YEAR - 2)


def read_places(text: str, year: int | None, divisions: Divisions) -> list[Reading]:
    """The readings of the longest beginning of `text`, the best ranked only; empty when no place begins it."""
    found = [reading for reading in _grow(text, Reading(), year, divisions) if not reading.empty]
    if not found:
        return []
    end = max(reading.end for reading in found)
    longest = [reading for reading in found if reading.end == end]
    rank = min(reading.rank for reading in longest)
    return list(dict.fromkeys(reading for reading in longest if reading.rank == rank))


def _grow(text: str, so_far: Reading, year: int | None, divisions: Divisions) -> Iterator[Reading]:
    yield so_far
    if so_far.township is not None:
        return
    for name in _names_at(text, so_far.end, divisions):
        for division, alias in _named(name, divisions):
            if not _fits(division, so_far) or (
                division.level == TOWNSHIP and so_far.empty and len(name) < _SHORTEST_TOWNSHIP
            ):
                continue
            rank = max(so_far.rank, NOT_THEN if alias else rank_of(division, year))
            grown = _with(so_far, division, so_far.end + len(name), rank)
            if alias and division.level == COUNTY:
                grown = replace(grown, county_alias=name)
            yield from _grow(text, grown, year, divisions)


def _names_at(text: str, at: int, divisions: Divisions) -> Iterator[str]:
    longest = divisions.longest.get(text[at : at + 2], 0)
    for end in range(at + 2, min(len(text), at + longest) + 1):
        name = text[at:end]
        if name in divisions.names or name in divisions.aliases:
            yield name


def _named(name: str, divisions: Divisions) -> Iterator[tuple[Division, bool]]:
    for division in divisions.names.get(name, ()):
        yield division, False
    for division in divisions.aliases.get(name, ()):
        yield division, True


def _with(so_far: Reading, division: Division, end: int, rank: int) -> Reading:
    grown = replace(so_far, end=end, rank=rank)
    if division.level == PROVINCE:
        return replace(grown, province=division)
    if division.level == CITY:
        return replace(grown, city=division)
    return replace(grown, county=division) if division.level == COUNTY else replace(grown, township=division)


def _fits(division: Division, so_far: Reading) -> bool:
    if division.level == PROVINCE:
        return so_far.empty
    if so_far.province is not None and division.code[:2] != so_far.province.code[:2]:
        return False
    if division.level == CITY:
        return so_far.city is None and so_far.county is None
    if division.level == COUNTY:
        return so_far.county is None and (so_far.city is None or division.parent_code == so_far.city.code)
    return division.level == TOWNSHIP and _township_fits(division, so_far)


def _township_fits(township: Division, so_far: Reading) -> bool:
    if so_far.county is not None:
        return township.parent_code == so_far.county.code
    if not township.official:
        return False  # farms and zones: their names are no names of one place
    return so_far.city is None or township.parent_code[:4] == so_far.city.code[:4]


def relaxed(
    name: tuple[str, int], parents: Sequence[str], divisions: Divisions, ending: re.Pattern[str]
) -> list[tuple[Division, int]]:
    """Townships of the parents whose name without its ending stands at a place of a text, and where that ends."""
    text, at = name
    found = []
    for parent in parents:
        for row in divisions.townships_of.get(parent, ()):
            stem = re.sub(f"{ending.pattern}$", "", row.name)
            after = ending.match(text, at + len(stem)) if len(stem) > 1 and text.startswith(stem, at) else None
            if after is not None:
                found.append((row, after.end()))
    return found
