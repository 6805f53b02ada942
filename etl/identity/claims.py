"""What a document says of its agency and year, each saying with its place: titles, labels, sentences, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from etl.identity.agency import is_agency
from etl.identity.dates import CENTURY, dates_in, first_date, periods_in
from etl.identity.lexicon import Lexicon
from etl.identity.plain_lines import Line, PlainText
from etl.identity.title_claims import TitleClaim, titles

_HEAD_LINES = 60
_SIGNATURE_LINES = 60
_LONGEST_SIGNATURE = 50
_AFTER_LABEL = ":|\t]】)"
_SENTENCE_END = re.compile("[。;!?]")


class Saying(Struct, frozen=True, gc=False):
    """An agency's name with the place where it stands."""

    agency: str
    place: str


class Signature(Struct, frozen=True, gc=False):
    """Agency and date at the end; `agency` is empty where only a date stands."""

    agency: str
    signed_on: date
    place: str


class Head(Struct, frozen=True):
    """The first lines of a document that bear a label or show a navigation path, and the texts of all lines."""

    texts: tuple[str, ...]
    marked: tuple[Line, ...]


def head_of(text: PlainText, words: Lexicon) -> Head:
    """The head of a document's text."""
    return Head(text.texts, tuple(text.touched(words.pattern("metadata"), _HEAD_LINES)))


def labelled(head: Head, label: str, words: Lexicon) -> Iterator[tuple[str, str]]:
    """What follows a label of the head lines (发布机构: X), up to the next gap, with its place."""
    for line in head.marked:
        for match in words.pattern(label).finditer(line.text):
            after = line.text[match.end() :]
            if after and after[0] not in _AFTER_LABEL:
                continue
            after = after.lstrip(_AFTER_LABEL)
            if not after and line.number + 1 < len(head.texts):
                after = head.texts[line.number + 1]
            if after:
                yield after, line.place


def publishers(head: Head, words: Lexicon) -> Iterator[Saying]:
    """Agencies named by labels such as 发布机构; portals are none."""
    for after, place in labelled(head, "label_agency", words):
        name = re.match(r"[\u4e00-\u9fff()]*", after)
        text = words.pattern("next_label").split(name[0])[0] if name else ""
        if is_agency(text, words) and not words.pattern("portal").search(text):
            yield Saying(text, place)


def navigation(head: Head, words: Lexicon) -> Iterator[Saying]:
    """Agencies on the way that a navigation line shows, the last one first."""
    for line in head.marked:
        if words.pattern("breadcrumb").search(line.text):
            for part in reversed(words.pattern("separators").split(line.text)):
                if is_agency(part, words):
                    yield Saying(part, line.place)


def sayings(text: PlainText, kind: str, words: Lexicon) -> Iterator[Saying]:
    """Agencies of the sentences that the patterns of a kind match (says_who, whom_to_ask), the surest first."""
    for needed, pattern in words.sayings[kind]:
        for line in text.holding(needed):
            for match in pattern.finditer(line.text):
                name = words.pattern("tail").sub("", words.pattern("lead").sub("", match["agency"]))
                if is_agency(name, words):
                    yield Saying(name, line.place)


def signature(text: PlainText, words: Lexicon) -> Signature | None:
    """The last short line in the lower half that is a date, with the agency on its line, before it or after it."""
    count = len(text.texts)
    for number in range(count - 1, max(count // 2, count - _SIGNATURE_LINES) - 1, -1):
        found = _dated(text.texts[number])
        if found is None:
            continue
        signed_on, rest = found
        near = [rest] if rest else _around(text.texts, number)
        agency = next((name for name in near if is_agency(name, words)), "")
        if agency or (not rest and words.pattern("written_date").search(text.texts[number])):
            return Signature(agency, signed_on, text.places[number])
    return None


def _around(texts: Sequence[str], at: int) -> list[str]:
    """The two lines before and the one after, nearest first."""
    return [text.strip("()") for text in (*reversed(texts[max(0, at - 2) : at]), *texts[at + 1 : at + 2])]


def _dated(text: str) -> tuple[date, str] | None:
    """The date that a line's last sentence ends with, and the words before it."""
    last = _SENTENCE_END.split(text)[-1] if CENTURY in text else ""
    if not last or len(last) > _LONGEST_SIGNATURE:
        return None
    for found, start, end in dates_in(last):
        if end == len(last):
            return found, last[:start].strip("()")
    return None


class Claims(Struct, frozen=True):
    """Everything that a document says of its agency, year and dates. `periods` are years with their place, `opened`
    tells that the first heading of the form stands on its line."""

    text: PlainText
    opened: bool
    titles: tuple[TitleClaim, ...]
    writers: tuple[Saying, ...]
    asked: tuple[Saying, ...]
    publishers: tuple[Saying, ...]
    path: tuple[Saying, ...]
    signature: Signature | None
    periods: tuple[tuple[int, str], ...]
    published: tuple[date, str] | None


def read_claims(text: PlainText, words: Lexicon) -> Claims:
    """The claims of a document's text."""
    head = head_of(text, words)
    headings = [
        line.number
        for needed, heading in words.sayings["first_heading"]
        for line in text.holding(needed)
        if heading.match(line.text)
    ]
    dated = (
        (first_date(after[:_LONGEST_SIGNATURE]), place) for after, place in labelled(head, "label_published", words)
    )
    return Claims(
        text=text,
        opened=bool(headings),
        titles=tuple(titles(text, headings, words)),
        writers=tuple(sayings(text, "says_who", words)),
        asked=tuple(sayings(text, "whom_to_ask", words)),
        publishers=tuple(publishers(head, words)),
        path=tuple(navigation(head, words)),
        signature=signature(text, words),
        periods=tuple((year, text.line_at(position).place) for year, position in periods_in(text.body)),
        published=next(((day, place) for day, place in dated if day is not None), None),
    )
