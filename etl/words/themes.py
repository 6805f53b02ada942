"""Themes of problem statements: which of the dictionary's themes a sentence names, and by which words.

The dictionary is `data/themes.yml`; its head explains the pattern language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

import yaml

from etl.paths import DATA
from etl.words.theme_patterns import Pattern, Words, holds_any, parse_pattern, parse_words

_CLAUSE_END = re.compile(r"[，,；;。：:！!？?\n]+")
_BLANK = re.compile(r"\s+")
_HIDDEN = "○"


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


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """All themes in file order; `by_word` leads from the words of a pattern's first list to that pattern's theme."""

    themes: tuple[Theme, ...]
    by_first: Mapping[str, Words]
    by_word: Mapping[str, tuple[tuple[int, Pattern], ...]]
    neutral: Words
    turns: Words
    conceded: re.Pattern[str]


@cache
def dictionary() -> Dictionary:
    """The dictionary of `data/themes.yml`; KeyError where an entry or a named list is missing."""
    raw = yaml.safe_load((DATA / "themes.yml").read_text(encoding="utf-8"))
    lists = raw["lists"]
    found = tuple(_theme(entry, lists) for entry in raw["themes"])
    return Dictionary(
        found,
        _by_first(found),
        _by_word(found),
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
    present = _present(whole, book.by_first)
    found: list[tuple[str, Words]] = []
    for number, patterns in _candidates(book, present):
        theme = book.themes[number]
        counters = [counter for counter in theme.counters if counter.possible(present)]
        words = _matched([_hide(clause, counters, whole) for clause in clauses], patterns, whole)
        if words:
            found.append((theme.key, words))
    return tuple(found)


def promised(remedy: str) -> tuple[str, ...]:
    """Keys of the themes that a remedy promises to mend, in file order."""
    whole = _BLANK.sub("", remedy)
    clauses = _CLAUSE_END.split(whole)
    return tuple(
        theme.key
        for theme in themes()
        if any(pattern.match(clause, whole) for pattern in theme.promises for clause in clauses)
    )


def _candidates(book: Dictionary, present: frozenset[str]) -> list[tuple[int, list[Pattern]]]:
    by_theme: dict[int, dict[Pattern, None]] = {}
    for word in present:
        for number, pattern in book.by_word.get(word, ()):
            if pattern.possible(present):
                by_theme.setdefault(number, {})[pattern] = None
    return sorted(((number, list(patterns)) for number, patterns in by_theme.items()), key=itemgetter(0))


def _matched(clauses: Iterable[str], patterns: Iterable[Pattern], whole: str) -> Words:
    found = {word for clause in clauses for pattern in patterns for word in pattern.match(clause, whole)}
    longest = [word for word in found if not any(word != other and word in other for other in found)]
    telling = [word for word in longest if len(word) > 1] or longest
    return tuple(sorted(telling, key=lambda word: (whole.find(word), word)))


def _hide(clause: str, counters: Iterable[Pattern], whole: str) -> str:
    for counter in counters:
        for word in counter.match(clause, whole):
            clause = clause.replace(word, _HIDDEN * len(word))
    return clause


def _present(text: str, by_first: Mapping[str, Words]) -> frozenset[str]:
    return frozenset(
        word for at, char in enumerate(text) for word in by_first.get(char, ()) if text.startswith(word, at)
    )


def _by_first(found: Iterable[Theme]) -> Mapping[str, Words]:
    words: dict[str, dict[str, None]] = {}
    for theme in found:
        for pattern in (*theme.patterns, *theme.counters):
            for word in (word for part in pattern.parts for word in part):
                words.setdefault(word[0], {})[word] = None
    return {first: tuple(some) for first, some in words.items()}


def _by_word(found: Iterable[Theme]) -> Mapping[str, tuple[tuple[int, Pattern], ...]]:
    owners: dict[str, list[tuple[int, Pattern]]] = {}
    for number, theme in enumerate(found):
        for pattern in theme.patterns:
            for word in pattern.parts[0]:
                owners.setdefault(word, []).append((number, pattern))
    return {word: tuple(some) for word, some in owners.items()}


def _clauses(statement: str, book: Dictionary) -> tuple[str, ...]:
    text = _without_concessions(_BLANK.sub("", statement), book)
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
