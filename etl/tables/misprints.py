"""Labels with a misprint or an OCR confusion, told by their place between known rows and by their likeness."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from etl.form import FormTable, Row
from etl.tables.landmarks import Landmark, letters, ordinal_before, row_name
from etl.tables.stream import Stream
from etl.tables.values import printable

_WORDS = re.compile(r"[\u4e00-\u9fff“”\"、,]{4,}")
_LIKE_ENOUGH = 0.75
_MOST_MISSING = 8


def with_misprints(stream: Stream, marks: Sequence[Landmark], table: FormTable, end: int) -> list[Landmark]:
    """The landmarks and those misprinted ones that stand where the form's order wants the missing row.

    Only text between the rows before and after is looked at, and it must be likest to the missing row of all rows.
    """
    found = {mark.row.key for mark in marks if mark.row is not None}
    missing = [row for row in table.rows if row.key not in found and not row.needs_ordinal and row.match]
    if not missing or not found or len(missing) > _MOST_MISSING:
        return list(marks)
    added = [mark for row in missing if (mark := _between(stream, marks, row, table, end)) is not None]
    return sorted((*marks, *added), key=lambda mark: mark.start)


def _between(stream: Stream, marks: Sequence[Landmark], row: Row, table: FormTable, end: int) -> Landmark | None:
    order = table.order
    before = [m.end for m in marks if m.row is not None and order[m.row.key] < order[row.key]]
    after = [m.start for m in marks if m.row is not None and order[m.row.key] > order[row.key]]
    start, stop = max(before, default=0), min(after, default=end)
    if not before or start >= stop:
        return None
    for words in _unknown_words(stream.compact, marks, start, stop):
        label = _without_dashes(words[0])
        if _likest(letters(label), table) is row:
            begin, _ = ordinal_before(stream.compact, words.start(), row_name(row)[0])
            finish = words.start() + len(label)
            return Landmark(row, label, begin, finish, stream.stretch(begin, finish), misprinted=True)
    return None


def _unknown_words(compact: str, marks: Sequence[Landmark], start: int, stop: int) -> Iterator[re.Match[str]]:
    """Words between two offsets that no landmark covers."""
    inside = [mark for mark in marks if start <= mark.start < stop]
    ends = [*(mark.start for mark in inside), stop]
    starts = [start, *(mark.end for mark in inside)]
    for first, last in zip(starts, ends, strict=True):
        yield from _WORDS.finditer(compact, first, last)


@cache
def _dashes_after() -> re.Pattern[str]:
    longest_first = sorted(printable().dashes, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})+$")


def _without_dashes(words: str) -> str:
    """The words without what stands for no number in the cells after them, which may be a word too."""
    return _dashes_after().sub("", words)


@lru_cache(maxsize=4096)
def _likest(words: str, table: FormTable) -> Row | None:
    likeness = [(_likeness(words, row_name(row)[1]), row) for row in table.rows]
    best, row = max(likeness, key=lambda pair: pair[0])
    second = sorted(score for score, _ in likeness)[-2]
    return row if best >= _LIKE_ENOUGH and second < best else None


def _likeness(words: str, name: str) -> float:
    return SequenceMatcher(None, words, name, autojunk=False).ratio()
