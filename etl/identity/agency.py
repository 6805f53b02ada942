"""Names of agencies: which words are one, the full form of a short one, whether two mean the same, its kind."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.gazetteer.divisions import LAST_YEAR
from etl.gazetteer.gazetteer import Gazetteer
from etl.identity.lexicon import Lexicon
from etl.report import Region

_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")
_LEVELS = ("province", "city", "county")


@lru_cache(maxsize=256)
def is_agency(name: str, words: Lexicon) -> bool:
    """Whether a folded text can be the name of an agency: not a word that stands for any, not a sentence. Kept for a
    while, as `full_name`."""
    if not words.pattern("agency_name").fullmatch(name) or words.pattern("pronoun").match(name):
        return False
    if words.pattern("no_agency").search(name) or words.pattern("generic_agency").match(name):
        return False
    name = _IN_BRACKETS.sub("", name)
    return any(words.pattern(end).search(name) for end in ("agency_end", "bare_place"))


@lru_cache(maxsize=256)
def full_name(name: str, gazetteer: Gazetteer) -> str:
    """The name with short spellings written out and a bare place completed by what governs it (金湖县 → …人民政府).

    Kept for a while: a report names its agency several times.
    """
    words = gazetteer.words
    name = _first_of_joint(name, gazetteer)
    name = words.pattern("inner_office").sub("", name)
    name = words.pattern("township_office").sub(lambda found: found["organ"], name)
    name = next((pattern.sub(long, name) for pattern, long in words.expand if pattern.search(name)), name)
    if _is_listed(name, gazetteer):
        return f"{name}{words.words['people_governs']}"
    for pattern, organ in words.complete:
        if pattern.search(name) and not _is_unlisted_zone(name, gazetteer):
            return _zone_written_out(name, words) + organ
    return name


def _is_unlisted_zone(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a bare name ends with a 区 that its listed prefecture has no district for: who governs it is open."""
    if not gazetteer.words.pattern("some_zone").search(name) or gazetteer.words.pattern("zone_end_alone").search(name):
        return False
    text, _ = gazetteer.place_text(name)
    return any(one.end < len(text) for one in gazetteer.readings(text, None))


def _is_listed(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is nothing but places and ends with the full name of a county, so no zone (浦东新区)."""
    text, _ = gazetteer.place_text(name)
    counties = [one.county for one in gazetteer.readings(text, None) if one.end == len(text) and one.township is None]
    return any(
        county is not None and county.official and text.endswith(county.name) and county.first_year < LAST_YEAR
        for county in counties
    )  # a zone that only the newest list makes a county was run by its committee


def _first_of_joint(name: str, gazetteer: Gazetteer) -> str:
    found = gazetteer.words.pattern("joint").match(name)
    if found and not gazetteer.words.pattern("zone_head").match(found["second"]):
        return str(found["first"])
    return name


def _zone_written_out(name: str, words: Lexicon) -> str:
    """The first zone kind of the lexicon in its full spelling; of the others the text does not tell the right one."""
    full: str = words.words["zones"][0][0]
    for spelling in words.words["zones"][0][1:]:
        if name.endswith(spelling) and not name.endswith(full):
            return name.removesuffix(spelling) + full
    return name


def same_body(one: str, other: str) -> bool:
    """Whether two full names can mean the same body: one is the other with its places or its office written out."""
    return one.endswith(other) or other.endswith(one) or one.startswith(other) or other.startswith(one)


def agency_key(agency: str, region: Region, gazetteer: Gazetteer) -> str:
    """What stays the same of an agency through the years: the code of its place and its name without the places above
    it (410308 财政局 for 孟津县财政局 and for 孟津区财政局). The name alone where the place is open."""
    code = region.code
    if code is None or region.level in ("none", "ambiguous"):
        return agency
    return f"{code} {gazetteer.without_places(agency)}"


def kind_of(agency: str | None, region: Region, gazetteer: Gazetteer) -> str:
    """One of the kinds of `Identity`; `other` when the name does not tell."""
    if not agency:
        return "other"
    words = gazetteer.words
    for pattern, kind in words.kinds:
        if pattern.match(agency) and region.level in ("none", "hinted"):
            return kind
    for kind in ("subdistrict", "township"):
        if words.pattern(f"{kind}_name").search(agency):
            return kind
    if words.pattern("zone_committee").search(agency):
        return "county" if _governs_county(agency, gazetteer) else "other"
    level = _level(agency, region, gazetteer)
    if level is None or words.pattern("some_zone").search(agency):
        return "other"
    return level if words.pattern("government").search(agency) else f"{level}_dept"


def _governs_county(agency: str, gazetteer: Gazetteer) -> bool:
    """Whether a zone's committee governs a county of the list under another name (平潭综合实验区)."""
    text, _ = gazetteer.place_text(agency)
    counties = [one.county for one in gazetteer.readings(text, None) if one.county is not None]
    return bool(counties) and all(county.official and county.name not in text for county in counties)


def _level(agency: str, region: Region, gazetteer: Gazetteer) -> str | None:
    """province, city or county, by the places in the name, else by the region."""
    words = gazetteer.words
    text, _ = gazetteer.place_text(agency)
    readings = gazetteer.readings(text, None)
    if readings and readings[0].township is not None:
        return None
    rest = text[readings[0].end :] if readings else text
    if words.pattern("zone_department").match(rest) or gazetteer.names_county(rest):
        return "county"
    if region.level == "city-or-province":
        return "city" if region.city_code else "province"
    if readings:
        return "county" if readings[0].county is not None else "city" if readings[0].city is not None else "province"
    return _level_by_words(text, region, words)


def _level_by_words(text: str, region: Region, words: Lexicon) -> str | None:
    """For places that no list knows: the last of province, city and county that the name begins with."""
    found = words.pattern("places_by_form").match(text)
    named = [level for level in _LEVELS if found and found[level]]
    if named:
        return named[-1]
    if region.county_code:
        return "county"
    return "city" if region.city_code else "province" if region.province_code else None
