"""Rules D3 to D7: doubts about a report's year, agency and place."""

from __future__ import annotations

from collections.abc import Iterator

from etl.gazetteer.gazetteer import Gazetteer
from etl.identity.agency import full_name, same_body
from etl.identity.claims import Claims
from etl.identity.hints import Hints
from etl.identity.selection import FILE_NAME, TITLE, Chosen
from etl.identity.title_claims import NAVIGATION
from etl.report import Finding, Identity, Region, Severity, Status

_SHORTEST_NAME = 3
_DEPARTMENTS = ("province_dept", "city_dept", "county_dept")


def check(identity: Identity, region: Region, read: tuple[Claims, Hints], gazetteer: Gazetteer) -> tuple[Finding, ...]:
    """The findings of rules D3 to D7 on an identity as read from claims and hints."""
    claims, hints = read
    return (
        *_years(identity, claims),
        *_signer(identity, claims, gazetteer),
        *_place(identity, region, hints, gazetteer),
        *_other_agencies(identity, claims, gazetteer),
        *_former_name(region, gazetteer),
    )


def agency_source(chosen: Chosen | None) -> Iterator[Finding]:
    """D4 cannot be assessed when no title names the agency; what told it instead, a file name being the last resort."""
    if chosen is not None and chosen.source != TITLE:
        severity = Severity.WARNING if chosen.source == FILE_NAME else Severity.INFO
        message = f"no title names the agency; {chosen.agency} is taken from its {chosen.source}"
        yield Finding("D4", severity, message, chosen.place, status=Status.NOT_ASSESSABLE)


def year_source(told: int | None, file_year: int | None, source: str) -> Iterator[Finding]:
    """D3 when only the name of the file tells the year."""
    if told is None and file_year is not None:
        yield _warning("D3", f"year taken from the file name: {file_year}", source)


def _warning(rule: str, message: str, place: str = "") -> Finding:
    return Finding(rule, Severity.WARNING, message, place)


def _years(identity: Identity, claims: Claims) -> Iterator[Finding]:
    """D3: title, period and signature agree; a signature is written in the year after."""
    year = identity.year
    if year is None:
        yield _warning("D3", "no year found")
        return
    said = [("title", one.year, one.place) for one in claims.titles if one.year is not None]
    said += [("period", period, place) for period, place in claims.periods]
    told: set[tuple[str, int]] = set()
    for what, other, place in said:
        if other != year and (what, other) not in told:
            told.add((what, other))
            yield _warning("D3", f"{what} says {other}, the report is taken for {year}", place)
    signed = claims.signature
    if signed is not None and signed.signed_on.year != year + 1:
        yield _warning("D3", f"signed {signed.signed_on}, expected in {year + 1}", signed.place)
    if claims.published is not None and claims.published[0].year <= year:
        day, place = claims.published
        yield _warning("D3", f"published {day}, before the end of {year}", place)


def _signer(identity: Identity, claims: Claims, gazetteer: Gazetteer) -> Iterator[Finding]:
    """D4: who is named in the title signs."""
    signed = claims.signature
    if identity.agency is None or signed is None or not signed.agency:
        return
    if not _belongs(full_name(signed.agency, gazetteer), identity.agency, gazetteer):
        yield _warning("D4", f"title names {identity.agency}, signed by {signed.agency}", signed.place)


def _place(identity: Identity, region: Region, hints: Hints, gazetteer: Gazetteer) -> Iterator[Finding]:
    """D5: the county is known, and no hint contradicts a stated one."""
    if region.level == "ambiguous":
        yield Finding(
            "D5",
            Severity.WARNING,
            f"county ambiguous: {len(region.candidates)} places",
            cause="; ".join(region.candidates),
        )
    elif region.level == "none" and identity.kind not in ("national", "province", "city"):
        yield _warning("D5", f"county unknown for {identity.agency or 'an agency without a name'}")
    elif region.level in ("hinted", "suffix-relaxed"):
        yield Finding("D5", Severity.INFO, f"county {region.county or region.city} by {region.level}")
    if region.county_code is not None:
        for name in gazetteer.hint_reader.contradicting(region.county_code, hints):
            yield _warning("D5", f"agency is in {region.county}, but {name} is named as the place of file or website")


def _other_agencies(identity: Identity, claims: Claims, gazetteer: Gazetteer) -> Iterator[Finding]:
    """D6: titles and sentences on the writer that name another agency; words of self that fit another kind of body."""
    if identity.agency is None:
        return
    named = [(one.agency, one.place) for one in claims.titles if one.agency and one.standing != NAVIGATION]
    named += [(one.agency, one.place) for one in claims.writers]
    government = gazetteer.words.pattern("government_or_office")
    named += [(one.agency, one.place) for one in claims.asked if not government.search(one.agency)]
    told: set[str] = set()
    for printed, place in named:
        other = full_name(printed, gazetteer)
        if other not in told and not _belongs(other, identity.agency, gazetteer):
            told.add(other)
            yield _warning("D6", f"names {printed}, the report is taken for {identity.agency}", place)
    yield from _self_words(identity, claims, gazetteer)


def _belongs(other: str, agency: str, gazetteer: Gazetteer) -> bool:
    """Whether another name is the agency's own, its office's, or its name without place."""
    if same_body(other, agency):
        return True
    head = gazetteer.words.pattern("placeless").match(other)
    name = other[len(head["head"]) :] if head else ""
    return any(agency.endswith(name[:length]) for length in range(_SHORTEST_NAME, len(name) + 1))


def _self_words(identity: Identity, claims: Claims, gazetteer: Gazetteer) -> Iterator[Finding]:
    own_kind = "dept" if identity.kind in _DEPARTMENTS else identity.kind
    words: dict[str, list[str]] = gazetteer.words.words["self_words"]
    if own_kind not in ("dept", "township", "subdistrict"):
        return
    for kind in sorted({"dept", "township", "subdistrict"} - {own_kind}):
        for line in claims.text.holding(words[kind])[:1]:
            word = next(one for one in words[kind] if one in line.text)
            yield _warning("D6", f"speaks of itself as {word}, the report is taken for {identity.agency}", line.place)


def _former_name(region: Region, gazetteer: Gazetteer) -> Iterator[Finding]:
    """D7: the county has another name now."""
    then = region.county_then
    if region.county is not None and then not in (None, region.county) and not gazetteer.is_alias(then or ""):
        yield Finding("D7", Severity.INFO, f"{then} of then is in {region.county} now")
    elif region.level == "named-historic":
        yield Finding("D7", Severity.INFO, f"named by a former name; now {region.county}")
