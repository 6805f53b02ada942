"""What a document says of its agency and year, each saying with its place: titles, labels, sentences, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.agency import is_agency
from etl.dates import dates_in, first_date, periods_in, plain
from etl.document import Document
from etl.lexicon import Lexicon

_YEAR = re.compile(r"(?<!\d)(20[0-2]\d)(?![\d./-]|年\d)(?:年度?|度)?")
OWN_LINE, QUOTED, NAVIGATION = 0, 1, 2
_HEAD_LINES = 60
_TITLE_LINE = 60
_LINES_OF_TITLE = 3
_REACH_BACK = 60
_SIGNATURE_LINES = 60
_LONGEST_SIGNATURE = 50
_AFTER_LABEL = ":|\t"
_SENTENCE_END = re.compile("[。;!?]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document in plain text (see `dates.plain`), never empty."""

    text: str
    place: str
    number: int


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


@dataclass(frozen=True, slots=True)
class Saying:
    """An agency's name with the place where it stands."""

    agency: str
    place: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Agency and date at the end; `agency` is empty where only a date stands."""

    agency: str
    signed_on: date
    place: str


def lines_of(document: Document) -> tuple[Line, ...]:
    """The document's lines that hold text; cells of a table row stay parted by tabs."""
    texts = (("\t".join(map(plain, line.text.split("\t"))).strip("\t"), line.place) for line in document.lines())
    return tuple(Line(text, place, number) for number, (text, place) in enumerate(one for one in texts if one[0]))


def titles(lines: Sequence[Line], words: Lexicon) -> list[TitleClaim]:
    """Every title claim in reading order, the ones of a line of its own completed by the lines around it."""
    found: list[TitleClaim] = []
    for line in lines:
        whole = line.text if words.pattern("title").search(line.text) else _broken_title(lines, line.number, words)
        last = 0
        for match in words.pattern("title").finditer(whole):
            before = whole[max(last, match.start() - _REACH_BACK) : match.start()]
            last = match.end()
            claim = _claim(before, match, line, words)
            if claim is not None:
                found.append(
                    _with_neighbours(claim, lines, line.number, words) if claim.standing == OWN_LINE else claim
                )
    return found


def _broken_title(lines: Sequence[Line], at: int, words: Lexicon) -> str:
    """A short line joined with the next ones when only together they hold a title's last words; else nothing."""
    joined = lines[at].text
    for line in lines[at + 1 : at + _LINES_OF_TITLE]:
        if len(joined) > _TITLE_LINE or len(line.text) > _TITLE_LINE or words.pattern("title").search(line.text):
            return ""
        match = words.pattern("title").search(joined + line.text)
        if match:
            return joined + line.text if match.start() < len(joined) else ""
        joined += line.text
    return ""


def _claim(before: str, match: re.Match[str], line: Line, words: Lexicon) -> TitleClaim | None:
    """The claim of a title's last words and what stands before them; None when the text only mentions a report."""
    segment = words.pattern("separators").split(before)[-1]
    verb = words.pattern("up_to_verb").match(segment)
    head = words.pattern("lead").sub("", segment[verb.end() :] if verb else segment)
    agency, year = agency_and_year(head, words)
    within = match["year_within"] or match["year_after"]
    outside = before[: len(before) - len(segment)]
    lead = segment[: len(segment) - len(head)]
    if words.pattern("breadcrumb").search(outside):
        standing = NAVIGATION
    elif words.pattern("publishes").search(outside + lead):
        standing = QUOTED
    elif outside.endswith("\t") or not words.pattern("before_title").sub("", outside + lead):
        standing = OWN_LINE
    else:
        return None
    if standing == OWN_LINE and words.pattern("goes_on").match(match.string, match.end()):
        return None
    return TitleClaim(agency, year or (int(within) if within else None), head + match[0], line.place, standing)


def _with_neighbours(claim: TitleClaim, lines: Sequence[Line], at: int, words: Lexicon) -> TitleClaim:
    """The claim with agency or year of the lines before it, or the year of the line after it."""
    for before in reversed(lines[max(0, at - _LINES_OF_TITLE + 1) : at]):
        if (claim.agency and claim.year) or len(before.text) > _TITLE_LINE:
            break
        above = words.pattern("lead").sub("", words.pattern("separators").split(before.text)[-1])
        agency, year = agency_and_year(above, words)
        if not (agency or year) or (claim.agency and agency) or (claim.year and year):
            break
        claim = replace(claim, agency=claim.agency or agency, year=claim.year or year, text=above + claim.text)
    after = words.pattern("year_line").fullmatch(lines[at + 1].text) if at + 1 < len(lines) else None
    if claim.year is None and after is not None:
        claim = replace(claim, year=int(after[1]), text=claim.text + after[0])
    return claim


def agency_and_year(head: str, words: Lexicon) -> tuple[str, int | None]:
    """Agency and year of the words before a title's last words, in either order."""
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


def labelled(lines: Sequence[Line], label: str, words: Lexicon) -> Iterator[tuple[str, str]]:
    """What follows a label of the head lines (发布机构: X), up to the next gap, with its place."""
    for line in lines[:_HEAD_LINES]:
        for match in words.pattern(label).finditer(line.text):
            after = line.text[match.end() :]
            if after and after[0] not in _AFTER_LABEL:
                continue
            after = after.lstrip(_AFTER_LABEL)
            if not after and line.number + 1 < len(lines):
                after = lines[line.number + 1].text
            if after:
                yield after, line.place


def publishers(lines: Sequence[Line], words: Lexicon) -> Iterator[Saying]:
    """Agencies named by labels such as 发布机构; portals are none."""
    for after, place in labelled(lines, "label_agency", words):
        name = re.match(r"[\u4e00-\u9fff()]*", after)
        text = words.pattern("next_label").split(name[0])[0] if name else ""
        if is_agency(text, words) and not words.pattern("portal").search(text):
            yield Saying(text, place)


def sayings(lines: Sequence[Line], kind: str, words: Lexicon) -> Iterator[Saying]:
    """Agencies of the sentences that the patterns of a kind match (says_who, whom_to_ask), the surest first."""
    for pattern in words.lists[kind]:
        for line in lines:
            for match in pattern.finditer(line.text):
                name = _trimmed(match["agency"], words)
                if is_agency(name, words):
                    yield Saying(name, line.place)


def signature(lines: Sequence[Line], words: Lexicon) -> Signature | None:
    """The last short line in the lower half that is a date, with the agency on its line, before it or after it."""
    lower = lines[max(len(lines) // 2, len(lines) - _SIGNATURE_LINES) :]
    for line in reversed(lower):
        found = _dated(line.text)
        if found is None:
            continue
        signed_on, rest = found
        near = [rest] if rest else _around(lines, line.number)
        agency = next((name for name in near if is_agency(name, words)), "")
        if agency or not rest:
            return Signature(agency, signed_on, line.place)
    return None


def _around(lines: Sequence[Line], at: int) -> list[str]:
    """The two lines before and the one after, nearest first."""
    before = [line.text for line in reversed(lines[max(0, at - 2) : at])]
    return [text.strip("()") for text in (*before, *(line.text for line in lines[at + 1 : at + 2]))]


def _dated(text: str) -> tuple[date, str] | None:
    """The date that a line's last sentence ends with, and the words before it."""
    last = _SENTENCE_END.split(text)[-1]
    if len(last) > _LONGEST_SIGNATURE:
        return None
    for found, start, end in dates_in(last):
        if end == len(last):
            return found, last[:start].strip("()")
    return None


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything that a document says of its agency, year and dates. `periods` are years with their place."""

    lines: tuple[Line, ...]
    titles: tuple[TitleClaim, ...]
    writers: tuple[Saying, ...]
    asked: tuple[Saying, ...]
    publishers: tuple[Saying, ...]
    signature: Signature | None
    periods: tuple[tuple[int, str], ...]
    published: tuple[date, str] | None


def read_claims(lines: tuple[Line, ...], words: Lexicon) -> Claims:
    """The claims of a document's lines."""
    dated = (
        (first_date(after[:_LONGEST_SIGNATURE]), place) for after, place in labelled(lines, "label_published", words)
    )
    return Claims(
        lines=lines,
        titles=tuple(titles(lines, words)),
        writers=tuple(sayings(lines, "says_who", words)),
        asked=tuple(sayings(lines, "whom_to_ask", words)),
        publishers=tuple(publishers(lines, words)),
        signature=signature(lines, words),
        periods=tuple((year, line.place) for line in lines for year, _ in periods_in(line.text)),
        published=next(((day, place) for day, place in dated if day is not None), None),
    )
