"""Where the labels of a form stand in a document: the landmarks between which the values lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from etl.form import FOLDER, FormTable, Row
from etl.tables.stream import Stream, Stretch
from etl.text import half_width
from etl.yml import read_yml

_NOT_LETTER = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_ORDINAL = re.compile(r"[(]?([0-9]{1,2}|[一二三四五六七八九十]{1,2})[)]?[、.,:)]*")
_LAST_ORDINAL = re.compile(r"[(]?(?:(?<![0-9])[0-9]{1,2}|[一二三四五六七八九十]{1,2})[)、.,:]+\s*$")
LONGEST_LABEL = 60
"""What is asked of texts up to this length is kept: most of them are labels of the form, the same in every report."""
_TAIL = 40  # an ordinal is shorter, and a document may be a single line
_VALUE_SIGNS = "/|\\-—–―"
_CLOSED = re.compile('[)\\]”"]*')
_CLOSERS = tuple(')]”"')
_AFTER_ORDINAL = '、.,:“"'
_CLOSING_INSIDE = ')]”"、,;'
_ITEM = re.compile("([0-9]{1,2})、")
_ITEM_BEFORE = re.compile(f"(?<![0-9]){_ITEM.pattern}$")
_DIGITS = re.compile("[0-9]+")
_VALUE_BEHIND = re.compile(r"[0-9/\\|)—–―-]|无")
_VALUE_AHEAD = re.compile(r"[0-9/\\|(+—–―-]|无")


@cache
def common() -> dict[str, Any]:
    """The data of `forms/landmarks.yml`, loaded once."""
    data: dict[str, Any] = read_yml(FOLDER / "landmarks.yml")
    return data


def letters(text: str) -> str:
    """Half-width `text` without punctuation and blanks: what labels are compared by."""
    return _label_letters(text) if len(text) <= LONGEST_LABEL else _NOT_LETTER.sub("", text)


@lru_cache(maxsize=8192)
def _label_letters(text: str) -> str:
    """Short texts are mostly the form's labels, the same in every report: kept."""
    return _NOT_LETTER.sub("", text)


_NOWHERE = Stretch(-1, -1, -1, -1)


class Landmark(Struct, frozen=True, gc=False):
    """A label found: `row` when it names a row, None for heads and group labels. Offsets are in `Stream.compact`;
    `at` tells where a row's label stands in `Stream.text`."""

    row: Row | None
    word: str
    start: int
    end: int
    at: Stretch = _NOWHERE
    has_ordinal: bool = False
    misprinted: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """`before` and `after` are the letters around the word, `printed` what follows it as the law prints it. `behind` is
    what may follow that and is no value: closing signs, a remark, a unit's cell; it begins with one of `opens`."""

    row: Row | None
    ordinal: str
    before: str
    after: str
    printed: str
    behind: re.Pattern[str]
    opens: tuple[str, ...]


class Vocabulary:
    """Every word of one table of a form, ready to be searched for.

    `known` are the letters of heads and groups; `among_values` by row key those that may stand among a row's values.
    """

    def __init__(self, table: FormTable) -> None:
        beside = "|".join(sorted(table.beside, key=len, reverse=True)) or "(?!)"
        after_row = re.compile(f"{_CLOSED.pattern}(?:{common()['remark']})?(?:{beside})?(?::(?=[0-9/—–―-]))?")
        self._words: dict[str, _Word] = {}
        for word in _head_words(table):
            self._words[word] = _Word(None, "", "", "", "", _CLOSED, _CLOSERS)
        opens = (*_CLOSERS, "(", ":", *table.beside)
        for row in table.rows:
            for word in row.match:
                self._words[word] = _row_word(row, word, after_row, opens)
        longest_first = sorted(self._words, key=len, reverse=True)
        by_first: dict[str, list[str]] = {}
        for word in longest_first:
            by_first.setdefault(word[0], []).append(re.escape(word[1:]))
        starts = (f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())
        self._pattern = re.compile("|".join(starts)) if by_first else None
        groups = {letters(group) for row in table.rows for group in row.label.split("/")[:-1]}
        self.known = tuple({letters(word) for word in _head_words(table)} | groups | set(table.beside))
        self.among_values = {row.key: (*self.known, letters(row.label)) for row in table.rows}

    def landmarks(self, stream: Stream, start: int, end: int) -> list[Landmark]:
        """Every label between two compact offsets that stands where a label can stand, in order."""
        if self._pattern is None:
            return []
        words = list(self._pattern.finditer(stream.compact, start, end))
        starts: set[int] = set()
        kept: list[Landmark] = []
        taken = 0
        for found in words:
            mark = self._grown(stream, found) if found.start() >= taken else None
            if mark is None or mark.start < taken:
                continue
            if mark.row is not None and not self._free_before(stream, mark, kept):
                mark = _counted_on(stream, mark, kept[-1]) if kept else None
            if mark is None:
                continue
            if mark.row is not None and not self._free_after(stream, mark, words, starts):
                continue
            kept.append(mark)
            taken = mark.end
        return kept

    def rows_in(self, compact: str) -> list[Row]:
        """The rows whose words stand anywhere in a text."""
        found = self._pattern.finditer(compact) if self._pattern else ()
        return [row for word in found if (row := self._words[word[0]].row) is not None]

    def _free_before(self, stream: Stream, mark: Landmark, kept: list[Landmark]) -> bool:
        """A label begins its cell or line, or follows a value, another label, or a piece of a group's label."""
        start = stream.starts[mark.at.first]
        if mark.at.start == start:
            return True
        lead = stream.text[start : mark.at.start]
        if lead.isspace() or (kept and _nothing_between(stream.compact, kept[-1].end, mark.start)):
            return True
        ended = lead.rstrip()
        bare = (ended[:-_TAIL] + _LAST_ORDINAL.sub("", ended[-_TAIL:])).strip()
        if not bare or stream.atom(mark.at.first).in_table:
            return not bare
        bare_letters = letters(bare) if lead.endswith("  ") else None
        aside = bare_letters is not None and any(bare_letters in known for known in self.known)
        return aside or _VALUE_BEHIND.match(bare[-1]) is not None

    def _free_after(self, stream: Stream, mark: Landmark, words: Sequence[re.Match[str]], starts: set[int]) -> bool:
        """A label ends its cell or line, or a value or another label follows. `starts` is filled at the first need."""
        end = stream.starts[mark.at.last + 1] - 1
        if mark.at.end == end or _VALUE_AHEAD.match(stream.compact, mark.end):
            return True
        if stream.text[mark.at.end : end].isspace():
            return True
        if not starts:
            starts.update(_start(stream.compact, found, self._words[found[0]])[0] for found in words)
        return mark.end in starts

    def _grown(self, stream: Stream, found: re.Match[str]) -> Landmark:
        """The match with what the law prints before and after its core, and with its ordinal."""
        compact, name = stream.compact, found[0]
        word, end = self._words[name], found.end()
        if word.after:
            end = _walk_on(compact, end, word)
        if compact.startswith(word.opens, end):
            behind = word.behind.match(compact, end)
            end = behind.end() if behind else end
        if word.row is None:
            return Landmark(None, name, found.start(), end)
        start, has_ordinal = _start(compact, found, word)
        return Landmark(word.row, name, start, end, stream.stretch(start, end), has_ordinal)


def _start(compact: str, found: re.Match[str], word: _Word) -> tuple[int, bool]:
    """Where a match starts with what the law prints before it, and whether with its ordinal."""
    start = _walk_back(compact, found.start(), word.before) if word.before else found.start()
    return ordinal_before(compact, start, word.ordinal) if word.ordinal else (start, False)


def _counted_on(stream: Stream, mark: Landmark, before: Landmark) -> Landmark | None:
    """The label with the ordinal in front of it where that counts on from the label before; else None.

    Annexes number their rows as they please, and without breaks the digits of a value stand right at the ordinal.
    """
    compact = stream.compact
    counted = _ITEM.match(compact, before.start)
    counted = counted or _ITEM_BEFORE.search(compact, max(0, before.start - _TAIL), before.start)
    if counted is None:
        return None
    ordinal = f"{int(counted[1]) + 1}、"
    start = mark.start - len(ordinal)
    if not compact.endswith(ordinal, before.end, mark.start) or not _DIGITS.fullmatch(compact, before.end, start):
        return None
    return replace(mark, start=start, at=stream.stretch(start, mark.end))


def _head_words(table: FormTable) -> Iterator[str]:
    yield from common()["headers"]
    yield from common()["stops"]
    for row in table.rows:
        for column in row.columns:
            yield from (_half_width_label(label) for label in (column.label, *column.aliases))
        yield from (_without_ordinal(_half_width_label(group)) for group in row.label.split("/")[:-1])


def _half_width_label(label: str) -> str:
    return label.replace("（", "(").replace("）", ")").split("(")[0] or label.replace("（", "(").replace("）", ")")


def _without_ordinal(label: str) -> str:
    ordinal = _ORDINAL.match(label)
    return label[ordinal.end() :] if ordinal else label


def row_name(row: Row) -> tuple[str, str]:
    """Ordinal and letters of a row's own label: `1.属于国家秘密` gives `1` and the words."""
    ordinal = _ORDINAL.match(row.name.replace("（", "(").replace("）", ")"))
    return (ordinal[1], letters(row.name)[len(letters(ordinal[0])) :]) if ordinal else ("", letters(row.name))


def _row_word(row: Row, word: str, behind: re.Pattern[str], opens: tuple[str, ...]) -> _Word:
    ordinal, name = row_name(row)
    before, core, after = name.partition(letters(word))
    if not core:
        return _Word(row, ordinal, "", "", "", behind, opens)
    printed = half_width(row.name).partition(word)[2].rstrip(_CLOSING_INSIDE)
    return _Word(row, ordinal, before, after, printed if letters(printed) == after else after, behind, opens)


def _walk_on(text: str, at: int, word: _Word) -> int:
    """Offset after as many of the word's letters as follow it, punctuation between them skipped."""
    whole = text.startswith(word.printed, at)
    end = at + len(word.printed) if whole else _end_of_letters(text, at, word.after)
    closing = _CLOSING_INSIDE if end > at else ""
    while end < len(text) and text[end] in closing:
        end += 1
    return end


def _end_of_letters(text: str, at: int, letters_after: str) -> int:
    end = at
    for letter in letters_after:
        while at < len(text) and not text[at].isalnum() and text[at] not in _VALUE_SIGNS:
            at += 1
        if at >= len(text) or text[at] != letter:
            break
        at += 1
        end = at
    return end


def _walk_back(text: str, at: int, letters_before: str) -> int:
    start = at
    for letter in reversed(letters_before):
        while at > 0 and not text[at - 1].isalnum() and text[at - 1] not in _VALUE_SIGNS:
            at -= 1
        if at == 0 or text[at - 1] != letter:
            return start
        at -= 1
        start = at
    return start


def ordinal_before(text: str, start: int, ordinal: str) -> tuple[int, bool]:
    """Where the label starts with its ordinal. A bare digit counts only when no digit stands before it, since in
    run-together rows the last digit would be a value's."""
    if ordinal and text.endswith(_usual_before(ordinal), 0, start):
        return start - len(ordinal) - (2 if text[start - 1] == ")" else 1), True
    head = text[max(0, start - 6) : start]
    stripped = head.rstrip(_AFTER_ORDINAL)
    bare = stripped.removesuffix(")")
    if not ordinal or not bare.endswith(ordinal):
        return start, False
    begin = start - len(head) + len(bare) - len(ordinal)
    if len(bare) < len(stripped):
        return begin - bare.endswith(f"({ordinal}"), True
    digits = ordinal.isdigit() and bare[: -len(ordinal)][-1:].isdigit()
    return (start, False) if digits and len(stripped) == len(head) else (begin, True)


@cache
def _usual_before(ordinal: str) -> tuple[str, ...]:
    return (f"({ordinal})", *(ordinal + sign for sign in _AFTER_ORDINAL))


def _nothing_between(compact: str, start: int, end: int) -> bool:
    """Whether only punctuation and an ordinal part two labels."""
    return start >= end or not letters(_LAST_ORDINAL.sub("", compact[start:end]))


@cache
def vocabulary(table: FormTable) -> Vocabulary:
    """The vocabulary of a table of a form, made once."""
    return Vocabulary(table)
