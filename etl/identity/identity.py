"""Who reports on which year, and where that is: from the claims of a document to one identity, doubts as findings."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import PurePath

from etl.document import Document
from etl.gazetteer.gazetteer import Gazetteer
from etl.identity.agency import agency_key, kind_of
from etl.identity.claims import Claims, read_claims
from etl.identity.dates import plain
from etl.identity.hints import Hints
from etl.identity.identity_checks import agency_source, check, year_source
from etl.identity.lexicon import Lexicon, lexicon
from etl.identity.plain_lines import plain_text
from etl.identity.selection import agency_of, agency_of_file, best_title, title_text, year_of, year_of_file
from etl.identity.title_claims import OWN_LINE
from etl.report import Finding, Identity, Region

_FIRST_LINES = 5
_SHORTEST_TITLE, _LONGEST_TITLE = 12, 60
_CUES_OF_HEADING = 2


def looks_like_report(document: Document) -> bool:
    """Whether a document has enough of what only such reports have: a year that it is about, and their parts."""
    claims = read_claims(plain_text(document), lexicon())
    return _is_report(claims, year_of(claims, lexicon()), lexicon())


def read_identity(document: Document, gazetteer: Gazetteer) -> tuple[Identity, Region, tuple[Finding, ...]]:
    """Agency, year, title and date of a report, its region, and rules D3 to D7.

    For a document that is no report the title is empty and agency and year are None.
    """
    claims = read_claims(plain_text(document), gazetteer.words)
    told = year_of(claims, gazetteer.words)
    if not _is_report(claims, told, gazetteer.words):
        return Identity(None, None, None, "", "other"), Region(), ()
    title = best_title(claims)
    chosen = agency_of(claims, title, gazetteer) or agency_of_file(document.source, gazetteer)
    year = told or year_of_file(document.source, gazetteer.words)
    hints = _hints(document, claims.text.body)
    region = gazetteer.resolve(chosen.agency if chosen else None, year, hints)
    agency = _completed(chosen.agency, region, hints, gazetteer) if chosen else None
    kind = _kind(agency, region, claims, gazetteer)
    key = agency_key(agency, region, gazetteer) if agency else ""
    identity = Identity(agency, year, _published(claims), title_text(claims, title), kind, key)
    sources = (*agency_source(chosen), *year_source(told, year, document.source))
    return identity, region, (*sources, *check(identity, region, (claims, hints), gazetteer))


def _is_report(claims: Claims, told: int | None, words: Lexicon) -> bool:
    heading = any(claim.standing == OWN_LINE and claim.year for claim in claims.titles)
    first = [text for text in claims.text.texts[:_FIRST_LINES] if _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE]
    if not heading and any(words.pattern("not_a_report_title").search(text) for text in first):
        return False
    if not heading and told is None:
        return False
    needed: int = words.words["cues_needed"] - (_CUES_OF_HEADING if claims.opened else 0)
    cues = (cue for cue in words.lists["cues"] if cue.search(claims.text.body))
    return len(tuple(islice(cues, needed))) == needed


def _hints(document: Document, body: str) -> Hints:
    folder, name = os.path.split(document.source)
    return Hints(body, (plain(name.rpartition(".")[0] or name), *_folder_names(folder)))


@lru_cache(maxsize=64)
def _folder_names(folder: str) -> tuple[str, ...]:
    """The names of a folder and those that it is in, the nearest first."""
    return tuple(plain(part) for part in reversed(PurePath(folder).parts))


def _completed(agency: str, region: Region, hints: Hints, gazetteer: Gazetteer) -> str:
    """A name without a place (教育局, 区政府办公室) with the place that hints gave it; a township's name that several
    counties have with the county whose government the report quotes."""
    if region.level != "hinted":
        return agency
    text, _ = gazetteer.place_text(agency)
    reading = next(iter(gazetteer.readings(text, None)), None)
    if reading is not None:
        bare = reading.township is not None and text.startswith(reading.township.name)
        quoted = bare and region.county_code and gazetteer.hint_reader.speaks(region.county_code, hints)
        return f"{region.county_then or region.county}{agency}" if quoted else agency
    head = gazetteer.words.pattern("placeless").match(text)
    place = region.county or region.city or region.province or ""
    return place + (text[len(head["head"]) :] if head else text)


def _published(claims: Claims) -> date | None:
    """The date the report bears (落款日期); a page's own date only where the report has none."""
    if claims.signature is not None:
        return claims.signature.signed_on
    return claims.published[0] if claims.published else None


def _kind(agency: str | None, region: Region, claims: Claims, gazetteer: Gazetteer) -> str:
    """The agency's kind; without an agency what the text calls itself (我镇)."""
    if agency is not None:
        return kind_of(agency, region, gazetteer)
    text = "".join(claims.text.texts)
    counts = {kind: sum(map(text.count, own)) for kind, own in gazetteer.words.words["self_words"].items()}
    kind = max(counts, key=lambda one: counts[one])
    if kind == "dept":
        return "county_dept" if counts[kind] and region.county_code else "other"
    return kind if counts[kind] else "other"
