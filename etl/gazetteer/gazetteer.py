"""From an agency's name, the report's year and hints of the document to province, prefecture, county and township.

A county is answered only when one is left; several are candidates and none is guessed at.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from msgspec.structs import replace

from etl.gazetteer.aliases import city_stem, with_aliases
from etl.gazetteer.divisions import CITY, COUNTY, PROVINCE, TOWNSHIP, Division, Divisions, load_divisions
from etl.gazetteer.readings import NOT_THEN, Reading, rank_of, read_places, relaxed
from etl.identity.hints import NO_HINTS, HintReader, Hints
from etl.identity.lexicon import Lexicon, lexicon
from etl.paths import GAZETTEER
from etl.report import Region
from etl.text import fold

_FIRST_TOWNSHIP_YEAR = 2015


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The list of divisions with the words to read names by. Pure; `resolve` is the way in. Equal to itself only."""

    divisions: Divisions
    words: Lexicon
    hint_reader: HintReader

    def resolve(self, agency: str | None, year: int | None, hints: Hints = NO_HINTS) -> Region:
        """Where an agency belongs. `agency` is its name as printed; None or a name without place needs hints."""
        text, former = self.place_text(agency or "")
        readings = self.readings(text, year)
        if not readings:
            return self._by_city_stem(text) or self._placeless(text, hints)
        counties = self._by_present_county(readings)
        if not counties:
            return self._above_county(readings[0], text)
        level = self._level(next(iter(counties.values())), year, former)
        left = self.hint_reader.choose(counties, hints)
        if len(left) > 1:
            return self._ambiguous(left, counties.values())
        return self._county(left[0], counties[left[0]], year, level if len(counties) == 1 else "hinted")

    def place_text(self, agency: str) -> tuple[str, bool]:
        """The name from its place on, folded, and whether it is said to be a former one."""
        text = fold(agency)
        former = bool(self.words.pattern("former").match(text)) and not read_places(text, None, self.divisions)
        text = self.words.pattern("former").sub("", text) if former else text
        while (found := self.words.pattern("before_place").match(text)) and found.end() < len(text):
            text = text[found.end() :]
        return text, former

    def readings(self, text: str, year: int | None) -> Sequence[Reading]:
        """Every consistent reading of the places that a folded name begins with, the best ranked only."""
        return self._kept_readings(text, year)

    @cached_property
    def _kept_readings(self) -> Callable[[str, int | None], Sequence[Reading]]:
        """A report asks for the places of its agency's name many times over."""

        @lru_cache(maxsize=1024)
        def kept(text: str, year: int | None) -> Sequence[Reading]:
            readings = [one for one in read_places(text, year, self.divisions) if not self._is_stray(one, text)]
            return tuple(self._sharpened(readings, text))

        return kept

    def may_end_place(self, text: str) -> bool:
        """Quick: whether readings of a text can reach its end."""
        if not text:
            return False
        return text[-1] in self.divisions.last_letters or bool(self.words.pattern("township_organ").search(text))

    def present_county(self, county_code: str, township: str | None) -> str:
        """The county of today: where the township is in the newest list, else what followed the county."""
        successor = self.divisions.living(county_code)
        if township is None:
            return successor
        rows = self.divisions.names.get(township, ())
        now = {row.parent_code for row in rows if row.level == TOWNSHIP and row.current}
        now = {code for code in now if not code.endswith("00")}  # of a prefecture that the newest list leaves undivided
        for own in (county_code, successor):
            if own in now:
                return own
        near = {code for code in now if code[:4] in {county_code[:4], successor[:4]}}
        if len(near) != 1 and county_code[:2] in self._without_prefectures:
            near = {code for code in now if code[:2] == county_code[:2]}
        return near.pop() if len(near) == 1 else successor

    @cached_property
    def _without_prefectures(self) -> frozenset[str]:
        """First two digits of the municipalities, whose counties have no prefecture."""
        with_city = {code[:2] for code, rows in self.divisions.by_code.items() if rows[0].level == CITY}
        return frozenset(code[:2] for code in self.divisions.by_code if code[:2] not in with_city)

    @cached_property
    def _city_stems(self) -> dict[str, list[Division]]:
        found: dict[str, list[Division]] = {}
        for rows in self.divisions.by_code.values():
            for row in rows:
                if row.level == CITY and row.current:
                    found.setdefault(city_stem(row.name, self.words), []).append(row)
        return found

    def _is_stray(self, reading: Reading, text: str) -> bool:
        """A short form of a province at the head of a township's name (a street named 北京) is no place."""
        if reading.province is None or reading.city or reading.county or text.startswith(reading.province.name):
            return False
        return reading.township is not None or bool(self.words.pattern("township_organ").search(text[reading.end :]))

    def _sharpened(self, readings: Sequence[Reading], text: str) -> Sequence[Reading]:
        """With the township found by its name without ending, inside the named county or prefecture only."""
        if any(one.township for one in readings) or not self.words.pattern("township_organ").search(text):
            return readings
        found: list[Reading] = []
        ending = self.words.pattern("township_end")
        for reading in readings:
            for township, end in relaxed((text, reading.end), self._parents(reading), self.divisions, ending):
                rank = rank_of(township, None)
                found.append(replace(reading, township=township, end=end, rank=rank, relaxed=True))
        if not found:
            return readings
        best = max(found, key=lambda one: (one.end, -one.rank))
        return [one for one in found if (one.end, one.rank) == (best.end, best.rank)]

    def _parents(self, reading: Reading) -> list[str]:
        if reading.county is not None:
            return [reading.county.code]
        if reading.city is None:
            return []
        return [code for code in self.divisions.townships_of if code[:4] == reading.city.code[:4]]

    def _by_present_county(self, readings: Iterable[Reading]) -> dict[str, Reading]:
        """The first reading by the county of today; readings without a county level are left out."""
        found: dict[str, Reading] = {}
        for reading in readings:
            if reading.county_code is not None:
                township = reading.township.name if reading.township else None
                found.setdefault(self.present_county(reading.county_code, township), reading)
        return found

    def _level(self, reading: Reading, year: int | None, former: bool) -> str:
        if reading.county is not None:
            gone = rank_of(reading.county, year) == NOT_THEN and not (year and reading.county.first_year > year)
            return "named-historic" if former or gone else "named"
        if reading.relaxed:
            return "suffix-relaxed"
        return "town-unique-early" if year is not None and year < _FIRST_TOWNSHIP_YEAR else "town-unique"

    def _county(self, code: str, reading: Reading, year: int | None, level: str) -> Region:
        then = reading.county or self.divisions.at(reading.county_code or code, year)
        if then is not None and year is not None and then.last_year < year - 1:
            then = self.divisions.at(code, year)
        township = reading.township.name if reading.township else None
        name = reading.county_alias or (then.name if then else None)
        return region(self.divisions.path(code), level, county_then=name, township=township)

    def is_alias(self, county: str) -> bool:
        """Whether a county's name is only another name of a listed one, such as a short form."""
        return county in self.divisions.aliases and county not in self.divisions.names

    def _ambiguous(self, codes: Sequence[str], readings: Iterable[Reading]) -> Region:
        """No county; province and prefecture only where every candidate has the same."""
        paths = [self.divisions.path(code) for code in codes]
        shared = [row for row in paths[0] if row.level < COUNTY and all(row in path for path in paths)]
        townships = {one.township.name for one in readings if one.township}
        names = tuple(f"{code} {''.join(row.name for row in path)}" for code, path in zip(codes, paths, strict=True))
        township = townships.pop() if len(townships) == 1 else None
        return region(shared, "ambiguous", township=township, candidates=names)

    def _above_county(self, reading: Reading, text: str) -> Region:
        """Only a province or prefecture was read. A county or township after it that is not listed stays unknown."""
        deepest = reading.city or reading.province
        code = reading.township.parent_code if reading.township else deepest.code if deepest else ""
        path = self.divisions.path(self.divisions.living(code))
        rest = text[reading.end :]
        if reading.township is None and self._names_more(rest):
            return region(path, "none")
        return region(path, "city-or-province", township=reading.township.name if reading.township else None)

    def _names_more(self, rest: str) -> bool:
        """Whether a county or township follows, one that the list does not know; a zone is no county."""
        if self.names_county(rest):
            return True
        return bool(self.words.pattern("township_organ").search(rest))

    def without_places(self, agency: str) -> str:
        """A name without the province, prefecture and county that it begins with; a township stays."""
        text, _ = self.place_text(agency)
        reading = next(iter(self.readings(text, None)), None)
        if reading is None or reading.relaxed:
            return text
        township = reading.township.name if reading.township else ""
        return township + text[reading.end :] or text

    def names_place(self, agency: str) -> bool:
        """Whether a name says of which place it is, be the place listed or not."""
        text, _ = self.place_text(agency)
        return bool(read_places(text, None, self.divisions)) or bool(self.words.pattern("named_place").match(text))

    def same_county(self, name: str, region: Region) -> bool:
        """Whether a county's name, of any year or short, means the region's county."""
        code = region.county_code
        rows = [*self.divisions.names.get(name, ()), *self.divisions.aliases.get(name, ())]
        return code is not None and any(row.level == COUNTY and self.divisions.living(row.code) == code for row in rows)

    def names_county(self, rest: str) -> bool:
        """Whether a text begins with what looks like a county, not with a zone or a word like 城区."""
        county = self.words.pattern("county_left").match(rest)
        if county is None or county[0][-2:] in self.words.words["not_places"]:
            return False
        return not self.words.pattern("zone_end").search(county[0])

    def _by_city_stem(self, text: str) -> Region | None:
        """A zone named after its prefecture without saying 市 (长春新区): the prefecture is known, a county is not."""
        zone = self.words.pattern("zone_end").search(text)
        if zone is None:
            return None
        for length in range(zone.start(), 1, -1):
            rows = self._city_stems.get(text[:length], [])
            if len(rows) == 1:
                return region(self.divisions.path(rows[0].code), "city-or-province")
        return None

    def _placeless(self, text: str, hints: Hints) -> Region:
        """A name without a place (县财政局, or none at all): the one county that its document speaks from."""
        head = self.words.pattern("placeless").match(text)
        if head is None and (self._names_more(text) or self.words.pattern("zone_end").search(text)):
            return Region()
        found = self.hint_reader.speaking(hints, head["head"] if head else "")
        if len(found) > 1:
            found = self.hint_reader.choose(found, hints)
        if not found:
            return Region()
        if len(found) > 1:
            return self._ambiguous(sorted(found), ())
        path = self.divisions.path(found[0])
        return region(path, "hinted", county_then=path[-1].name if path[-1].level == COUNTY else None)


def region(
    path: Iterable[Division],
    level: str,
    county_then: str | None = None,
    township: str | None = None,
    candidates: tuple[str, ...] = (),
) -> Region:
    """A Region of the divisions above and including the county."""
    at = {row.level: row for row in path}
    province, city, county = at.get(PROVINCE), at.get(CITY), at.get(COUNTY)
    return Region(
        province=province.name if province else None,
        province_code=province.code if province else None,
        city=city.name if city else None,
        city_code=city.code if city else None,
        county=county.name if county else None,
        county_code=county.code if county else None,
        county_then=county_then,
        township=township,
        level=level,
        candidates=candidates,
    )


def load_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of a folder with division.parquet, county_successor.parquet and area_code.csv."""
    words = lexicon()
    divisions = with_aliases(load_divisions(folder), words)
    with (folder / "area_code.csv").open(encoding="utf-8", newline="") as lines:
        area_codes = {row["area_code"]: tuple(row["division_codes"].split()) for row in csv.DictReader(lines)}
    return Gazetteer(divisions, words, HintReader(divisions, words, area_codes))


@cache
def default() -> Gazetteer:
    """The project's own gazetteer, loaded once a process."""
    return load_gazetteer(GAZETTEER)
