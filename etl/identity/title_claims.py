"""Titles of a report wherever they stand: on lines of their own, broken over several, or quoted by a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.identity.agency import is_agency
from etl.identity.lexicon import Lexicon
from etl.identity.plain_lines import Line

OWN_LINE, QUOTED, NAVIGATION = 0, 1, 2
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?![\d./-]|年\d)(?:年度?|度)?")
_TITLE_LINE = 60
_LINES_OF_TITLE = 3
_REACH_BACK = 60


@dataclass(frozen=True, slots=True)
class TitleClaim:
    """A title, or a sentence that quotes one. `agency` is empty and `year` None where it does not say.

    `standing` is OWN_LINE, QUOTED by a sentence that publishes it, or NAVIGATION.
    """

    agency: str
    year: int | None
    text: str
    place: str
    standing: int


def titles(lines: Sequence[Line], words: Lexicon) -> list[TitleClaim]:
    """Every title claim in reading order, the ones of lines of their own completed by the lines around them.

    Below the first heading of a report that has its title, lines of their own are links to other reports.
    """
    found: list[TitleClaim] = []
    titled = False
    for line in lines:
        titled = titled or _is_headed(found, line, words)
        whole, end = line.text, line.number
        if _title_in(whole, words) is None:
            whole, end = _broken_title(lines, line.number, words)
            if not whole:
                continue
        last = 0
        for match in words.pattern("title").finditer(whole):
            before = whole[max(last, match.start() - _REACH_BACK) : match.start()]
            last = match.end()
            claim = _claim(before, match, line, words)
            if claim is not None and claim.standing == OWN_LINE:
                claim = _with_lines_after(_with_lines_before(claim, lines, line.number, words), lines, end, words)
            if claim is not None and not (titled and claim.standing == OWN_LINE):
                found.append(claim)
    return found


def _title_in(text: str, words: Lexicon) -> re.Match[str] | None:
    """The first title's last words in a text."""
    if words.words["title_core"] in text:
        for end in words.words["title_ends"]:
            if end in text:
                return words.patterns["title"].search(text)
    return None


def _is_headed(found: Sequence[TitleClaim], line: Line, words: Lexicon) -> bool:
    """Whether a line is the first heading and a title with its year has come before."""
    if not words.patterns["first_heading"].match(line.text):
        return False
    return any(claim.standing == OWN_LINE and claim.year for claim in found)


def _broken_title(lines: Sequence[Line], at: int, words: Lexicon) -> tuple[str, int]:
    """A short line joined with the next ones, and the last one's number, when only together they hold a title's last
    words; else nothing."""
    joined = lines[at].text
    for line in lines[at + 1 : at + _LINES_OF_TITLE]:
        if len(joined) > _TITLE_LINE or len(line.text) > _TITLE_LINE or _title_in(line.text, words):
            break
        match = _title_in(joined + line.text, words)
        if match:
            return (joined + line.text, line.number) if match.start() < len(joined) else ("", at)
        joined += line.text
    return "", at


def _claim(before: str, match: re.Match[str], line: Line, words: Lexicon) -> TitleClaim | None:
    """The claim of a title's last words and what stands before them; None when the text only mentions a report."""
    segment = words.pattern("separators").split(before)[-1]
    outside = before[: len(before) - len(segment)]
    head = _head(segment, words)
    lead = segment[: len(segment) - len(head)]
    standing = _standing(outside, lead, match, words)
    if standing is None:
        return None
    agency, year = agency_and_year(head, words)
    within = match["year_within"] or match["year_after"]
    agency = agency or _agency_before_about(segment, words) or _agency_after(match, words)
    return TitleClaim(agency, year or (int(within) if within else None), head + match[0], line.place, standing)


def _head(segment: str, words: Lexicon) -> str:
    """A segment from the agency or year on, without the words that lead to it."""
    verb = words.pattern("up_to_verb").match(segment)
    return words.pattern("lead").sub("", segment[verb.end() :] if verb else segment)


def _standing(outside: str, lead: str, match: re.Match[str], words: Lexicon) -> int | None:
    if words.pattern("breadcrumb").search(outside):
        return NAVIGATION
    about = words.pattern("about").search(lead)
    if about is None and words.pattern("publishes").search(outside + lead):
        return QUOTED
    before = outside if about is not None else outside + lead
    alone = outside.endswith("\t") or not words.pattern("before_title").sub("", before)
    if not alone or words.pattern("goes_on").match(match.string, match.end()):
        return None
    return OWN_LINE


def _agency_before_about(segment: str, words: Lexicon) -> str:
    """X of a title `X关于公布…年度报告`."""
    name = _trimmed(words.pattern("about").split(segment)[0], words)
    return name if words.pattern("about").search(segment) and is_agency(name, words) else ""


def _agency_after(match: re.Match[str], words: Lexicon) -> str:
    """The agency that stands in brackets or after a dash behind the title."""
    after = words.pattern("agency_after").match(match.string[match.end() :])
    return str(after["agency"]) if after is not None and is_agency(after["agency"], words) else ""


def _with_lines_before(claim: TitleClaim, lines: Sequence[Line], at: int, words: Lexicon) -> TitleClaim:
    """The claim with agency or year of the lines before it, where it lacks them."""
    above = lines[max(0, at - _LINES_OF_TITLE + 1) : at]
    for number, before in reversed(list(enumerate(above, start=at - len(above)))):
        if (claim.agency and claim.year) or len(before.text) > _TITLE_LINE:
            break
        head = words.pattern("lead").sub("", words.pattern("separators").split(before.text)[-1])
        agency, year = agency_and_year(head, words)
        if not (agency or year) or (claim.agency and agency) or (claim.year and year):
            break
        place = lines[number - 1].text if number and agency == head else ""
        if place and words.pattern("places_alone").fullmatch(place) and is_agency(place + agency, words):
            agency, head = place + agency, place + head
        claim = replace(claim, agency=claim.agency or agency, year=claim.year or year, text=head + claim.text)
    return claim


def _with_lines_after(claim: TitleClaim, lines: Sequence[Line], at: int, words: Lexicon) -> TitleClaim:
    """The claim with the year and then the agency of the next lines, where it lacks them."""
    for after in lines[at + 1 : at + 3]:
        year_line = words.pattern("year_line").fullmatch(after.text)
        if claim.year is None and year_line is not None:
            claim = replace(claim, year=int(year_line[1]), text=claim.text + after.text)
        elif claim.year is not None and not claim.agency and is_agency(after.text, words):
            return replace(claim, agency=after.text)
        else:
            break
    return claim


def agency_and_year(head: str, words: Lexicon) -> tuple[str, int | None]:
    """Agency and year of the words before a title's last words, in either order; empty and None where not said."""
    match = _YEAR.search(head)
    year = int(match[1]) if match else None
    parts = [head[: match.start()], head[match.end() :]] if match else [head]
    names = [_trimmed(part, words) for part in parts]
    whole = "".join(names)
    if len(names) > 1 and all(names) and is_agency(whole, words) and words.pattern("placeless_end").search(names[1]):
        return whole, year
    return next((name for name in names if is_agency(name, words)), ""), year


def _trimmed(part: str, words: Lexicon) -> str:
    return words.pattern("tail").sub("", words.pattern("lead").sub("", part))
