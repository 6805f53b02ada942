"""Themes of problem statements: which of the dictionary's themes a sentence names, and by which words.

The dictionary is `data/themes.yml`; its head explains the pattern language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import chain
from operator import concat, itemgetter, or_
from typing import Any

from msgspec import Struct

from etl.paths import DATA
from etl.words.theme_patterns import Pattern, Words, holds_any, parse_pattern, parse_words
from etl.yml import read_yml

_CLAUSE_END = re.compile(r"[，,；;。：:！!？?\n]+")
_HIDDEN = "○"
_BEGINS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """One theme of the dictionary with its labels, definition, patterns and counter-examples."""

    key: str
    label_zh: str
    label_en: str
    definition_zh: str
    definition_en: str
    patterns: tuple[Pattern, ...]
    counters: tuple[Pattern, ...]
    promises: tuple[Pattern, ...]


class Held(Struct, frozen=True, gc=False):
    """What a text holds of an index: its words, and a bit for each list of words that one of them is in."""

    words: Collection[str]
    lists: int


Tried = dict[Pattern, tuple[Words, ...]]
"""Patterns that can match a text, with what the text holds of their lists."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Which patterns can match a text at all.

    `words` are all of the patterns' words by what they begin with, two letters or one, with the bits of the lists that
    a word is in; `needed` are those of a pattern's lists; `by_word` leads from the words of a pattern's first list to
    the pattern and its theme's number.
    """

    words: Mapping[str, tuple[tuple[str, int], ...]]
    needed: Mapping[Pattern, int]
    by_word: Mapping[str, Mapping[Pattern, int]]

    def held(self, text: str) -> Held:
        """What a text holds."""
        letters = [*text]
        begins = {*letters, *map(concat, letters, letters[1:])}
        found = {word: bits for some in self.words.keys() & begins for word, bits in self.words[some] if word in text}
        return Held(found, reduce(or_, found.values(), 0))

    def tried(self, patterns: Iterable[Pattern], held: Held) -> Tried:
        """Those of some patterns all of whose lists have a word in the text."""
        lacking = ~held.lists
        return {one: one.among(held.words) for one in patterns if not self.needed[one] & lacking}

    def candidates(self, held: Held) -> list[tuple[int, Tried]]:
        """Themes by number with those of their patterns that can match."""
        owners = [self.by_word[word].items() for word in held.words if word in self.by_word]
        found = {pattern: number for some in owners for pattern, number in some}
        by_theme: dict[int, Tried] = {}
        for pattern, parts in self.tried(found, held).items():
            by_theme.setdefault(found[pattern], {})[pattern] = parts
        return sorted(by_theme.items(), key=itemgetter(0))


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """All themes in file order, and the indexes of what problems and remedies are tried against."""

    themes: tuple[Theme, ...]
    problems: Index
    remedies: Index
    neutral: Words
    turns: Words
    conceded: re.Pattern[str]


@cache
def dictionary() -> Dictionary:
    """The dictionary of `data/themes.yml`; KeyError where an entry or a named list is missing."""
    raw = read_yml(DATA / "themes.yml")
    lists = raw["lists"]
    found = tuple(_theme(entry, lists) for entry in raw["themes"])
    return Dictionary(
        found,
        _index([theme.patterns for theme in found], [theme.counters for theme in found]),
        _index([theme.promises for theme in found]),
        parse_words(raw["neutral"], lists),
        parse_words(raw["turns"], lists),
        _conceded(raw),
    )


def themes() -> tuple[Theme, ...]:
    """Every theme in file order."""
    return dictionary().themes


def label(statement: str) -> tuple[str, ...]:
    """Keys of the themes that a problem statement names, in file order; empty where it names none."""
    return tuple(key for key, _ in evidence(statement))


def evidence(statement: str) -> tuple[tuple[str, Words], ...]:
    """Each theme that a problem statement names with the words that say so, as they stand in the statement."""
    book = dictionary()
    clauses = _clauses(statement, book)
    whole = "，".join(clauses)
    held = book.problems.held(whole)
    found: list[tuple[str, Words]] = []
    for number, patterns in book.problems.candidates(held):
        theme = book.themes[number]
        counters = book.problems.tried(theme.counters, held)
        shown = [_hide(clause, counters, whole) for clause in clauses] if counters else clauses
        words = _matched(shown, patterns, whole)
        if words:
            found.append((theme.key, words))
    return tuple(found)


def promised(remedy: str) -> tuple[str, ...]:
    """Keys of the themes that a remedy promises to mend, in file order."""
    book = dictionary()
    whole = "".join(remedy.split())
    held = book.remedies.held(whole)
    if not held.words:
        return ()
    clauses = _CLAUSE_END.split(whole)
    return tuple(
        book.themes[number].key
        for number, patterns in book.remedies.candidates(held)
        if any(pattern.match(clause, whole, parts) for pattern, parts in patterns.items() for clause in clauses)
    )


def _matched(clauses: Iterable[str], patterns: Tried, whole: str) -> Words:
    tried = patterns.items()
    found = {word for clause in clauses for pattern, parts in tried for word in pattern.match(clause, whole, parts)}
    longest = [word for word in found if sum([word in other for other in found]) == 1]
    telling = [word for word in longest if len(word) > 1] or longest
    return tuple(sorted(telling, key=lambda word: (whole.find(word), word)))


def _hide(clause: str, counters: Tried, whole: str) -> str:
    for counter, parts in counters.items():
        for word in counter.match(clause, whole, parts):
            clause = clause.replace(word, _HIDDEN * len(word))
    return clause


def _index(wanted: Sequence[Sequence[Pattern]], others: Sequence[Sequence[Pattern]] = ()) -> Index:
    """The index of the wanted patterns, theme by theme; the words of the others are looked for too."""
    bits: dict[Words, int] = {}
    words: dict[str, dict[str, None]] = {}
    lists: dict[str, int] = {}
    needed: dict[Pattern, int] = {}
    owners: dict[str, dict[Pattern, int]] = {}
    for pattern in chain.from_iterable((*wanted, *others)):
        for part in pattern.parts:
            bit = bits.setdefault(part, 1 << len(bits))
            needed[pattern] = needed.get(pattern, 0) | bit
            for word in part:
                words.setdefault(word[:_BEGINS], {})[word] = None
                lists[word] = lists.get(word, 0) | bit
    for number, patterns in enumerate(wanted):
        for pattern in patterns:
            for word in pattern.parts[0]:
                owners.setdefault(word, {})[pattern] = number
    return Index(
        {begins: tuple((word, lists[word]) for word in some) for begins, some in words.items()},
        needed,
        owners,
    )


def _clauses(statement: str, book: Dictionary) -> tuple[str, ...]:
    text = _without_concessions("".join(statement.split()), book)
    for word in book.neutral:
        if word in text:
            text = text.replace(word, _HIDDEN * len(word))
    return tuple(clause for clause in _CLAUSE_END.split(text) if clause)


def _without_concessions(text: str, book: Dictionary) -> str:
    return book.conceded.sub("，", text) if holds_any(book.turns, text) else text


def _conceded(raw: Mapping[str, str]) -> re.Pattern[str]:
    sentence = "[^。；;：:]*?"
    praised = f"(?<![^。；;：:]){sentence}(?:{raw['praises']})"
    return re.compile(f"(?:{raw['concessions']}|{praised}){sentence}(?:{raw['turns']})")


def _theme(entry: Mapping[str, Any], lists: Mapping[str, str]) -> Theme:
    return Theme(
        key=entry["key"],
        label_zh=entry["label_zh"],
        label_en=entry["label_en"],
        definition_zh=entry["definition_zh"],
        definition_en=entry["definition_en"],
        patterns=tuple(parse_pattern(text, lists) for text in entry["patterns"]),
        counters=tuple(parse_pattern(text, lists) for text in entry["not"]),
        promises=tuple(parse_pattern(text, lists) for text in entry["promises"]),
    )
