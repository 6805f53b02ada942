"""What a document says of its agency and year, each saying with its place: titles, labels, sentences, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from etl.identity.agency import is_agency
from etl.identity.dates import dates_in, first_date, periods_in
from etl.identity.lexicon import Lexicon
from etl.identity.plain_lines import Line
from etl.identity.title_claims import TitleClaim, titles

_HEAD_LINES = 60
_SIGNATURE_LINES = 60
_LONGEST_SIGNATURE = 50
_AFTER_LABEL = ":|\t]】)"
_SENTENCE_END = re.compile("[。;!?]")


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


def navigation(lines: Sequence[Line], words: Lexicon) -> Iterator[Saying]:
    """Agencies on the way that a navigation line shows, the last one first."""
    for line in lines[:_HEAD_LINES]:
        if words.pattern("breadcrumb").search(line.text):
            for part in reversed(words.pattern("separators").split(line.text)):
                if is_agency(part, words):
                    yield Saying(part, line.place)


def sayings(lines: Sequence[Line], body: str, kind: str, words: Lexicon) -> Iterator[Saying]:
    """Agencies of the sentences that the patterns of a kind match (says_who, whom_to_ask), the surest first.

    `body` is the lines joined: what it does not hold, no line does.
    """
    for pattern in words.lists[kind]:
        for line in lines if pattern.search(body) else ():
            for match in pattern.finditer(line.text):
                name = words.pattern("tail").sub("", words.pattern("lead").sub("", match["agency"]))
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
        if agency or (not rest and words.pattern("written_date").search(line.text)):
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
    """Everything that a document says of its agency, year and dates. `periods` are years with their place, `body` is
    all lines parted by line ends."""

    lines: tuple[Line, ...]
    body: str
    titles: tuple[TitleClaim, ...]
    writers: tuple[Saying, ...]
    asked: tuple[Saying, ...]
    publishers: tuple[Saying, ...]
    path: tuple[Saying, ...]
    signature: Signature | None
    periods: tuple[tuple[int, str], ...]
    published: tuple[date, str] | None


def read_claims(lines: tuple[Line, ...], words: Lexicon) -> Claims:
    """The claims of a document's lines."""
    dated = (
        (first_date(after[:_LONGEST_SIGNATURE]), place) for after, place in labelled(lines, "label_published", words)
    )
    body = "\n".join([line.text for line in lines])
    return Claims(
        lines=lines,
        body=body,
        titles=tuple(titles(lines, words)),
        writers=tuple(sayings(lines, body, "says_who", words)),
        asked=tuple(sayings(lines, body, "whom_to_ask", words)),
        publishers=tuple(publishers(lines, words)),
        path=tuple(navigation(lines, words)),
        signature=signature(lines, words),
        periods=tuple((year, line.place) for line in lines for year, _ in periods_in(line.text)),
        published=next(((day, place) for day, place in dated if day is not None), None),
    )
