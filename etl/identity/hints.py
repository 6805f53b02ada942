"""What else in a document says where its agency is. A hint chooses among candidates, it never adds one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec import Struct

from etl.gazetteer.divisions import CITY, COUNTY, PROVINCE, Division, Divisions
from etl.identity.lexicon import Lexicon

_LONGEST_MENTION = 15
_CONTEXT = 16
_SURE, _SPEAKS = 2, 100
_SHORT_NAME = 2  # 高县 also stands in 提高县级; so short a name counts only where its government speaks
_AREA_CODE = re.compile(r"(0(?<!\d0)\d{2,3})\)?[-—–]*[2-9]\d{6,7}(?!\d)")
_ADDRESS = re.compile(r"https?://[!-~]+")
_CODE = re.compile(r"(?<!\d)([1-6]\d{5})(?!\d)|(?<![0-9A-Z])[19][1-9](?P<credit>[1-6]\d{5})[0-9A-Z]{9,10}")


class Hints(Struct, frozen=True, gc=False):
    """Folded text of the body, names of the file and of its folders."""

    body: str = ""
    folders: tuple[str, ...] = ()


NO_HINTS = Hints()


class Mention(NamedTuple):
    """A province, prefecture or county named in a text.

    `speaks` when its government does, `site` when its website; `rooted` when it is part of an address or begins the
    title of a rule, so that it is not just an example to learn from.
    """

    division: Division
    speaks: bool
    site: bool
    rooted: bool


@dataclass(frozen=True)
class HintReader:
    """Finds places in hints and narrows candidates by them."""

    divisions: Divisions
    words: Lexicon
    area_codes: Mapping[str, Sequence[str]]

    def mentions(self, text: str, wanted: re.Pattern[str] | None = None) -> Iterator[Mention]:
        """Every full name of a province, prefecture or county in a folded text, the longest at each end; only those
        followed by what is wanted."""
        speaks, site = self.words.pattern("place_speaks"), self.words.pattern("place_site")
        for end in (found.end() for found in self.words.pattern("place_end").finditer(text)):
            after = text[end : end + _CONTEXT]
            if wanted is not None and not wanted.match(after):
                continue
            for row, start in self._ending_at(text, end):
                rooted = self.words.pattern("place_rooted").search(text[max(0, start - _CONTEXT) : start])
                address = self.words.pattern("place_of_address").match(after)
                yield Mention(row, bool(speaks.match(after)), bool(site.match(after)), bool(rooted or address))

    def _ending_at(self, text: str, end: int) -> list[tuple[Division, int]]:
        for start in range(max(0, end - _LONGEST_MENTION), end - 1):
            name = text[start:end]
            rows = [*self.divisions.names.get(name, ()), *self.divisions.aliases.get(name, ())]
            rows = [row for row in rows if row.level <= COUNTY]
            if rows:
                return [] if name in self.words.words["not_places"] else [(row, start) for row in rows]
        return []

    def choose(self, candidates: Collection[str], hints: Hints) -> list[str]:
        """The candidates (county codes) left after the hints, taken in their order; at least one."""
        left = sorted(candidates)
        if len(left) == 1:
            return left
        given = [code for area in _AREA_CODE.findall(hints.body) for code in self.area_codes.get(area, ())]
        left = self._by_mentions(left, self._weights(hints.body))
        folders = {
            self.divisions.living(one.division.code): _SURE for text in hints.folders for one in self.mentions(text)
        }
        left = self._by_mentions(left, folders)
        address = " ".join(_ADDRESS.findall(hints.body))
        for codes in (_codes_in(address), given, _credit_codes(hints.body)):
            left = self._by_codes(left, codes)
        return left

    def speaking(self, hints: Hints, head: str) -> list[str]:
        """Codes of the divisions that a document without a place name speaks from, by the first hint that names any.

        `head` is what the name says of the place (`县` of 县财政局). Without it only a county counts whose
        government speaks, and only while no other county or prefecture does.
        """
        for texts, in_body in (([hints.body], True), (hints.folders, False)):
            wanted = self.words.pattern("place_speaks") if in_body and not head else None
            found = [one for text in texts for one in self.mentions(text, wanted)]
            codes = self._speakers(found, head, in_body)
            if codes:
                return codes
        return self._by_accounts(hints.body, head)

    def speaks(self, county_code: str, hints: Hints) -> bool:
        """Whether the body quotes the government of a county."""
        return any(
            self.divisions.living(one.division.code) == county_code
            for one in self.mentions(hints.body, self.words.pattern("place_speaks"))
        )

    def _by_accounts(self, body: str, head: str) -> list[str]:
        """The one county whose name without ending an account of the agency bears, if the text says that ending of
        its own level and no other place has that short name."""
        accounts = [
            one["name"]
            for needed, account in self.words.sayings["place_account"]
            if any(word in body for word in needed)
            for one in account.finditer(body)
        ]
        ends = {one["end"] for one in self.words.pattern("place_own_level").finditer(body)} if accounts else set()
        found: set[str] = set()
        for name in accounts:
            stems = (name[start:] for start in range(len(name) - _SHORT_NAME + 1))
            found |= next(filter(None, (self._counties_called(stem, ends, head) for stem in stems)), set())
        return sorted(found) if len(found) == 1 else []

    def _counties_called(self, stem: str, ends: set[str], head: str) -> set[str]:
        """Living codes of the places whose names are the stem and an ending; none unless the one ending is said."""
        named = (row for end in self.words.words["head_levels"] for row in self.divisions.names.get(stem + end, ()))
        rows = [row for row in named if row.level <= COUNTY]
        codes = {self.divisions.living(row.code) for row in rows}
        fits = [row for row in rows if row.name[-1] in ends and (not head or self._head_fits(row, head))]
        return codes if len(codes) == 1 and fits and all(row.level == COUNTY for row in rows) else set()

    def contradicting(self, county_code: str, hints: Hints) -> list[str]:
        """Counties, other than the given one, named by a folder or as owner of the government's website."""
        body = [one.division for one in self.mentions(hints.body, self.words.pattern("place_site"))]
        folders = [one.division for text in hints.folders for one in self.mentions(text)]
        named: list[str] = []
        for divisions in (body, folders):
            counties = {self.divisions.living(one.code): one.name for one in divisions if one.level == COUNTY}
            names = {self.divisions.living(one.code) for one in divisions}
            if counties and county_code not in names and not names & self._line_of(county_code):
                named.extend(counties.values())
        return list(dict.fromkeys(named))

    def _line_of(self, county_code: str) -> set[str]:
        return {code for code in self.divisions.successor if self.divisions.living(code) == county_code}

    def _speakers(self, found: Sequence[Mention], head: str, in_body: bool) -> list[str]:
        speaking = [one for one in found if one.speaks] if in_body else list(found)
        if head:
            sure = [one for one in found if one.speaks or not in_body or len(one.division.name) > _SHORT_NAME]
            fitting = [one for one in speaking or sure if self._head_fits(one.division, head)]
            return sorted({self.divisions.living(one.division.code) for one in fitting})
        counties = {self.divisions.living(one.division.code) for one in speaking if one.division.level == COUNTY}
        above = {row.code for code in counties for row in self.divisions.path(code)}
        others = [one for one in speaking if one.division.level == CITY and one.division.code not in above]
        return [] if others else sorted(counties)

    def _head_fits(self, division: Division, head: str) -> bool:
        levels: dict[str, list[int]] = self.words.words["head_levels"]
        return division.name.endswith(head) and division.level in levels[head]

    def _weights(self, body: str) -> dict[str, int]:
        """How surely a body speaks of each province, prefecture and county; once in passing is not enough."""
        weights: Counter[str] = Counter()
        for one in self.mentions(body):
            code = self.divisions.living(one.division.code)
            if one.speaks:
                weights[code] += _SPEAKS
            elif len(one.division.name) > _SHORT_NAME:
                weights[code] += _SURE if one.rooted else 1
        return weights

    def _by_mentions(self, codes: list[str], weights: Mapping[str, int]) -> list[str]:
        return _best(codes, {code: self._score(code, weights) for code in codes})

    def _score(self, code: str, weights: Mapping[str, int]) -> tuple[bool, ...]:
        """Strongest first: the county's government speaks, it is surely named, its prefecture is, its province is."""
        path = {row.level: weights.get(row.code, 0) for row in self.divisions.path(code)}
        county = path.get(COUNTY, 0)
        return (county >= _SPEAKS, county >= _SURE, path.get(CITY, 0) >= _SURE, path.get(PROVINCE, 0) >= _SURE)

    def _by_codes(self, codes: list[str], given: Collection[str]) -> list[str]:
        wanted = {self.divisions.living(code) for code in given}
        return _best(codes, {code: (any(row.code in wanted for row in self.divisions.path(code)),) for code in codes})


def _best(codes: list[str], scores: Mapping[str, tuple[bool, ...]]) -> list[str]:
    """The codes with the best score; all of them when the best says nothing."""
    best = max(scores.values())
    return [code for code in codes if scores[code] == best] if any(best) else codes


def _codes_in(text: str) -> list[str]:
    return [found[1] for found in _CODE.finditer(text) if found[1]]


def _credit_codes(text: str) -> list[str]:
    """Division codes inside unified social credit codes, where the agency was registered."""
    return [found["credit"] for found in _CODE.finditer(text) if found["credit"]]
