"""Other names that divisions go by: short forms of autonomous counties, spellings of development zones."""

from __future__ import annotations

from collections.abc import Iterator

from etl.gazetteer.divisions import CITY, COUNTY, Division, Divisions
from etl.identity.lexicon import Lexicon


def with_aliases(divisions: Divisions, words: Lexicon) -> Divisions:
    """The same list, also indexed by aliases."""
    found: dict[str, list[Division]] = {}
    for code, names in words.words["aliases"].items():
        for name in names:
            found.setdefault(name, []).extend(divisions.by_code.get(code, ())[-1:])
    for rows in divisions.by_code.values():
        for row in rows:
            for alias in {*_short_forms(row, words), *_zone_forms(row, divisions, words)} - {row.name}:
                found.setdefault(alias, []).append(row)
    return Divisions(divisions.names, found, divisions.by_code, divisions.successor)


def _short_forms(row: Division, words: Lexicon) -> Iterator[str]:
    """`X县` for an autonomous county named X and its peoples."""
    for long, short in words.words["autonomous"].items():
        if row.name.endswith(long):
            stem = _without_peoples(row.name.removesuffix(long), words)
            if len(stem) > 1:
                yield stem + short


def _without_peoples(name: str, words: Lexicon) -> str:
    for people in words.words["ethnic"]:
        if name.endswith(people) and len(name) > len(people):
            return _without_peoples(name.removesuffix(people), words)
    return name if len(name) < 3 else words.pattern("people_end").sub("", name)


def _zone_forms(row: Division, divisions: Divisions, words: Lexicon) -> Iterator[str]:
    """A zone after its prefecture's name with and without ending, in each spelling of its kind."""
    if row.level != COUNTY or row.official:
        return
    city = divisions.at(row.parent_code, None)
    if city is None or city.level != CITY:
        return
    province = divisions.at(city.code[:2] + "0000", None)
    name, stem = row.name, city_stem(city.name, words)
    for head in words.words["aliases"].get(province.code, []) if province else []:
        name = name.removeprefix(head)
    rest = name.removeprefix(city.name) if name.startswith(city.name) else name.removeprefix(stem)
    if rest == name:
        return
    for spelling in _spellings(rest, words.words["zones"]):
        yield stem + spelling
        yield city.name + spelling


def _spellings(rest: str, groups: list[list[str]]) -> Iterator[str]:
    yield rest
    for group in groups:
        for kind in group:
            if rest.endswith(kind):
                yield from (rest.removesuffix(kind) + other for other in group)
                return


def city_stem(name: str, words: Lexicon) -> str:
    """A prefecture's name without its ending, where two characters are left."""
    stem = words.pattern("city_end").sub("", name)
    return stem if len(stem) > 1 else name
