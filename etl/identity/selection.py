"""Which of a document's claims counts: the year, the agency and the title of a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from etl.gazetteer.gazetteer import Gazetteer
from etl.identity.agency import full_name
from etl.identity.claims import Claims, Saying
from etl.identity.dates import is_report_year, plain
from etl.identity.lexicon import Lexicon
from etl.identity.subjects import quoted, subjects
from etl.identity.title_claims import NAVIGATION, OWN_LINE, TitleClaim, agency_and_year

TITLE, FILE_NAME = "title", "file name"
_ALSO_OFFICES = ("writer", "contact", "publisher")
_LONGEST_PLACES = 20
_MOST_SPELLINGS = 3
"""So many names of one agency stand in a page's head, its title and its labels; more are of others."""
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?=年)")


def best_title(claims: Claims) -> TitleClaim | None:
    """The title that counts: a line of its own before a quotation, whole before partial, the first of equals; among
    links to other reports the report's own."""
    own = _own_among_links(claims)
    if own is not None:
        return own
    known = [claim for claim in claims.titles if claim.agency or claim.year]
    return min(
        known,
        key=lambda claim: (
            claim.standing == NAVIGATION,
            not (claim.agency and claim.year),
            claim.standing,
            not claim.year,
        ),
        default=None,
    )


def _own_among_links(claims: Claims) -> TitleClaim | None:
    """Where lines of their own name several years or many agencies, most are links: the last one of the year that the
    period or the dates tell, or the last one at all, which stands right above the report; None without links."""
    lines = [one for one in claims.titles if one.standing == OWN_LINE and one.year and is_report_year(one.year)]
    agencies = {one.agency for one in lines if one.agency}
    if len({one.year for one in lines}) <= 1 and len(agencies) <= _MOST_SPELLINGS:
        return None
    told = [year for year, _ in claims.periods] or _years_by_date(claims)
    return ([one for one in lines if one.year in told[:1]] or lines)[-1]


def year_of(claims: Claims, words: Lexicon) -> int | None:
    """The report's year: the title's, unless all else says it is a slip; else the period's; else the year before the
    date of signature or publication, if the text speaks of that year."""
    own = _own_among_links(claims)
    ordered = [own] if own is not None else sorted(claims.titles, key=lambda claim: claim.standing)
    stated = next((one.year for one in ordered if one.year and is_report_year(one.year)), None)
    if stated is not None and not _is_slip(stated, claims):
        return stated
    other = _year_besides_title(claims, words)
    return stated if other is None else other


def _year_besides_title(claims: Claims, words: Lexicon) -> int | None:
    for year, _ in claims.periods:
        if is_report_year(year):
            return year
    spoken = spoken_year(claims)
    for year in (*_years_by_date(claims), *_years_spoken_of(claims, words)):
        if spoken in (year, None) and is_report_year(year):
            return year
    return None


def _is_slip(stated: int, claims: Claims) -> bool:
    """Whether title's year stands alone against period, date and text, which agree on another year."""
    dated = set(_years_by_date(claims))
    titles = {claim.year for claim in claims.titles if claim.year}
    if not claims.periods or not dated or titles != {stated} or dated == {stated}:
        return False
    others = {year for year, _ in claims.periods} | {spoken_year(claims)} | dated
    return len(others) == 1


def _years_by_date(claims: Claims) -> list[int]:
    """The years before the signature's and the publication's date."""
    dates = [claims.signature.signed_on] if claims.signature else []
    dates += [claims.published[0]] if claims.published else []
    return [day.year - 1 for day in dates]


def spoken_year(claims: Claims) -> int | None:
    """The year that the text names most; None when two are named equally often."""
    counts = Counter(map(int, _YEAR.findall(claims.text.body))).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]


def _years_spoken_of(claims: Claims, words: Lexicon) -> Iterator[int]:
    """Years of sentences that say what the report is about, the surest kind first."""
    for pattern in words.lists["about_year"]:
        for line in claims.text.touched(pattern):
            yield from (int(found[1]) for found in pattern.finditer(line.text))


class Chosen(Struct, frozen=True, gc=False):
    """The agency's full name, what kind of saying told it (`title`, `writer`, …) and where that stands."""

    agency: str
    source: str
    place: str


def agency_of(claims: Claims, title: TitleClaim | None, gazetteer: Gazetteer) -> Chosen | None:
    """The agency as far as the text gives its name: the best title's, another one's, else by the surest other saying;
    with the places that another saying of the same agency adds. None when nothing names one."""
    chosen = _titled(claims, title) or _said(claims, gazetteer)
    if chosen is None:
        return None
    agency = full_name(chosen.agency, gazetteer)
    if chosen.source in _ALSO_OFFICES and _speaks_for_government(claims, gazetteer.words):
        agency = gazetteer.words.pattern("government_office").sub("", agency)
    names = [one.agency for one in claims.titles if one.agency]
    names += [one.agency for _, saying in _sayings(claims, gazetteer) for one in saying]
    others = {full_name(name, gazetteer) for name in names}
    others |= {place + agency for place in _places_before(agency, claims.text.body, gazetteer)}
    fuller = max((other for other in others if _adds_place(other, agency, gazetteer)), key=len, default=agency)
    return replace(chosen, agency=fuller)


def _titled(claims: Claims, title: TitleClaim | None) -> Chosen | None:
    named = [one for one in (title, *claims.titles) if one is not None and one.agency]
    return Chosen(named[0].agency, TITLE, named[0].place) if named else None


def _said(claims: Claims, gazetteer: Gazetteer) -> Chosen | None:
    for source, sayings in _sayings(claims, gazetteer):
        for one in sayings:
            if gazetteer.names_place(one.agency):
                return Chosen(one.agency, source, one.place)
    return next((Chosen(one.agency, "quotation", one.place) for one in quoted(claims.text, gazetteer)), None)


def _sayings(claims: Claims, gazetteer: Gazetteer) -> Iterator[tuple[str, Iterable[Saying]]]:
    """What is said of the agency outside of titles, the surest kind first."""
    signed = claims.signature
    yield "writer", claims.writers
    yield "signature", [Saying(signed.agency, signed.place)] if signed and signed.agency else []
    yield "subject", subjects(claims.text, gazetteer)
    yield "contact", claims.asked
    yield "publisher", claims.publishers
    yield "navigation", claims.path


def _speaks_for_government(claims: Claims, words: Lexicon) -> bool:
    """Whether a report written by a government's office speaks as the government (我市) and not as the office."""
    own = [word for kind in ("county", "city", "province") for word in words.words["self_words"][kind]]
    return any(word in claims.text.body for word in own)


def _places_before(agency: str, text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Places that stand right before the agency's name in a line of a text, outside of quoted titles."""
    for at in _found(agency, text):
        before = text[max(0, at - _LONGEST_PLACES) : at].rpartition("\n")[2]
        if not gazetteer.may_end_place(before) or before.rfind("《") > before.rfind("》"):
            continue
        for start in range(len(before) - 1):
            readings = gazetteer.readings(before[start:], None)
            if readings and readings[0].end == len(before) - start:
                yield before[start:]
                break


def _found(words: str, text: str) -> Iterator[int]:
    """Where words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + max(len(words), 1))


def _adds_place(longer: str, name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is the other with nothing but places before it."""
    if longer == name or not longer.endswith(name):
        return False
    before = longer.removesuffix(name)
    readings = gazetteer.readings(before, None)
    listed = bool(readings) and readings[0].end == len(before)
    return listed or bool(gazetteer.words.pattern("places_alone").fullmatch(before))


def agency_of_file(source: str, gazetteer: Gazetteer) -> Chosen | None:
    """The agency in the name of the file; None where it has none."""
    agency, _ = _in_file_name(source, gazetteer.words)
    return Chosen(full_name(agency, gazetteer), FILE_NAME, source) if agency else None


def year_of_file(source: str, words: Lexicon) -> int | None:
    """The year in the name of the file; None where it has none."""
    _, year = _in_file_name(source, words)
    return year if year is not None and is_report_year(year) else None


def _in_file_name(source: str, words: Lexicon) -> tuple[str, int | None]:
    stem = plain(PurePath(source).stem)
    found = words.pattern("title").search(stem)
    return agency_and_year(stem[: found.start()] if found else stem, words)


def title_text(claims: Claims, title: TitleClaim | None) -> str:
    """The best title, else the first of a line of its own, as printed, white space and lines joined; empty without."""
    return title.text if title else next((one.text for one in _standing_alone(claims.titles)), "")


def _standing_alone(titles: Iterable[TitleClaim]) -> Iterable[TitleClaim]:
    return (one for one in titles if one.standing == OWN_LINE)
