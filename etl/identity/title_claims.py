"""Titles of a report wherever they stand: on lines of their own, broken over several, or quoted by a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, chain

from msgspec import Struct
from msgspec.structs import replace

from etl.identity.agency import is_agency
from etl.identity.lexicon import Lexicon
from etl.identity.plain_lines import Line, PlainText

OWN_LINE, QUOTED, NAVIGATION = 0, 1, 2
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?![\d./-]|年\d)(?:年度?|度)?")
_TITLE_LINE = 60
_LINES_OF_TITLE = 3
_REACH_BACK = 60


class TitleClaim(Struct, frozen=True, gc=False):
    """A title, or a sentence that quotes one. `agency` is empty and `year` None where it does not say.

    `standing` is OWN_LINE, QUOTED by a sentence that publishes it, or NAVIGATION.
    """

    agency: str
    year: int | None
    text: str
    place: str
    standing: int


def titles(text: PlainText, headings: Sequence[int], words: Lexicon) -> list[TitleClaim]:
    """Every title claim in reading order, the ones of lines of their own completed by the lines around them.

    Below the first heading of a report that has its title, lines of their own are links to other reports. `headings`
    are the numbers of the lines that are such a heading.
    """
    lines = text.texts
    found: list[TitleClaim] = []
    links_from = len(lines)
    for line in _near_titles(text, words):
        whole, end = line.text, line.number
        matches = list(words.pattern("title").finditer(whole))
        if not matches:
            whole, end = _broken_title(lines, line.number, words)
            matches = list(words.pattern("title").finditer(whole))
        last = 0
        for match in matches:
            before = whole[max(last, match.start() - _REACH_BACK) : match.start()]
            last = match.end()
            claim = _claim(before, match, line, words)
            if claim is not None and claim.standing == OWN_LINE:
                claim = _with_lines_after(_with_lines_before(claim, lines, line.number, words), lines, end, words)
            if claim is None or (claim.standing == OWN_LINE and line.number >= links_from):
                continue
            found.append(claim)
            if claim.standing == OWN_LINE and claim.year and links_from == len(lines):
                links_from = next((number for number in headings if number > line.number), links_from)
    return found


def _near_titles(text: PlainText, words: Lexicon) -> list[Line]:
    """The lines that a title's last words stand in or are broken over, and the ones before those it is broken over."""
    ends = list(accumulate(map(len, text.texts)))
    numbers: set[int] = set()
    joined = "".join(text.texts)
    for match in chain.from_iterable(pattern.finditer(joined) for pattern in words.lists["title_words"]):
        first, last = bisect_right(ends, match.start()), bisect_right(ends, match.end() - 1)
        before = first - 1 if first and last > first else first
        numbers.update(range(before, last + 1))
    return [text.line(number) for number in sorted(numbers)]


def _broken_title(lines: Sequence[str], at: int, words: Lexicon) -> tuple[str, int]:
    """A short line joined with the next ones, and the last one's number, when only together they hold a title's last
    words; else nothing."""
    joined = lines[at]
    for number, line in enumerate(lines[at + 1 : at + _LINES_OF_TITLE], start=at + 1):
        if len(joined) > _TITLE_LINE or len(line) > _TITLE_LINE or words.pattern("title").search(line):
            break
        match = words.pattern("title").search(joined + line)
        if match:
            return (joined + line, number) if match.start() < len(joined) else ("", at)
        joined += line
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
    if outside or lead:
        if words.pattern("breadcrumb").search(outside):
            return NAVIGATION
        about = words.pattern("about").search(lead)
        if about is None and words.pattern("publishes").search(outside + lead):
            return QUOTED
        before = outside if about is not None else outside + lead
        if not outside.endswith("\t") and words.pattern("before_title").sub("", before):
            return None
    return None if words.pattern("goes_on").match(match.string, match.end()) else OWN_LINE


def _agency_before_about(segment: str, words: Lexicon) -> str:
    """X of a title `X关于公布…年度报告`."""
    about = words.pattern("about").search(segment)
    name = _trimmed(segment[: about.start()], words) if about else ""
    return name if name and is_agency(name, words) else ""


def _agency_after(match: re.Match[str], words: Lexicon) -> str:
    """The agency that stands in brackets or after a dash behind the title."""
    after = words.pattern("agency_after").match(match.string[match.end() :])
    return str(after["agency"]) if after is not None and is_agency(after["agency"], words) else ""


def _with_lines_before(claim: TitleClaim, lines: Sequence[str], at: int, words: Lexicon) -> TitleClaim:
    """The claim with agency or year of the lines before it, where it lacks them."""
    above = lines[max(0, at - _LINES_OF_TITLE + 1) : at]
    for number, before in reversed(list(enumerate(above, start=at - len(above)))):
        if (claim.agency and claim.year) or len(before) > _TITLE_LINE:
            break
        head = words.pattern("lead").sub("", words.pattern("separators").split(before)[-1])
        agency, year = agency_and_year(head, words)
        if not (agency or year) or (claim.agency and agency) or (claim.year and year):
            break
        place = lines[number - 1] if number and agency == head else ""
        if place and words.pattern("places_alone").fullmatch(place) and is_agency(place + agency, words):
            agency, head = place + agency, place + head
        claim = replace(claim, agency=claim.agency or agency, year=claim.year or year, text=head + claim.text)
    return claim


def _with_lines_after(claim: TitleClaim, lines: Sequence[str], at: int, words: Lexicon) -> TitleClaim:
    """The claim with the year and then the agency of the next lines, where it lacks them."""
    for after in lines[at + 1 : at + 3]:
        year_line = words.pattern("year_line").fullmatch(after)
        if claim.year is None and year_line is not None:
            claim = replace(claim, year=int(year_line[1]), text=claim.text + after)
        elif claim.year is not None and not claim.agency and is_agency(after, words):
            return replace(claim, agency=after)
        else:
            break
    return claim


def agency_and_year(head: str, words: Lexicon) -> tuple[str, int | None]:
    """Agency and year of the words before a title's last words, in either order; empty and None where not said."""
    match = _YEAR.search(head)
    year = int(match[1]) if match else None
    parts = [head[: match.start()], head[match.end() :]] if match else [head]
    names = [_trimmed(part, words) for part in parts if part]
    whole = "".join(names)
    if len(names) > 1 and all(names) and is_agency(whole, words) and words.pattern("placeless_end").search(names[1]):
        return whole, year
    return next((name for name in names if is_agency(name, words)), ""), year


def _trimmed(part: str, words: Lexicon) -> str:
    return words.pattern("tail").sub("", words.pattern("lead").sub("", part))
