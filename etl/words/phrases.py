"""Phrases of two to four words in problem statements (公开渠道单一), counted beside the single words.

`data/lexicon/phrases.yml` says which words end a phrase, which are left out of it and which break it. Neighbouring
words that carry meaning are pairs too; `cohesion` tells the pairs that belong together from those that met by chance.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from etl.paths import LEXICON
from etl.yml import read_yml

MOST_WORDS = 4
_Run = list[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of `data/lexicon/phrases.yml`."""

    fixed: tuple[str, ...]
    skip: frozenset[str]
    breaks: frozenset[str]
    lacks: frozenset[str]
    joins: frozenset[str]
    short: frozenset[str]
    wants: frozenset[str]
    same: Mapping[str, str]
    same_end: Mapping[str, str]
    lacking: frozenset[str]
    """Words that say that something is wanting, alone or with the next one."""


@cache
def lexicon() -> Lexicon:
    """The lexicon; KeyError where a list is missing."""
    raw = read_yml(LEXICON / "phrases.yml")
    return Lexicon(
        fixed=tuple(raw["set"]),
        skip=frozenset(raw["skip"]),
        breaks=frozenset(raw["breaks"]),
        lacks=frozenset(raw["lacks"]),
        joins=frozenset(raw["joins"]),
        short=frozenset(raw["short"]),
        wants=frozenset(raw["wants"]),
        same=raw["same"],
        same_end=raw["same_end"],
        lacking=frozenset((*raw["lacks"], *raw["joins"], *raw["same_end"])),
    )


def phrases(tokens: Sequence[str], stop_words: Collection[str] = frozenset()) -> tuple[str, ...]:
    """The phrases of one statement, each once, in the order in which they end.

    `tokens` are the statement's words in order, punctuation included; no pair is made with a stop word.
    """
    book = lexicon()
    found: dict[str, None] = {}
    for run in _runs(tokens, book):
        found.update(dict.fromkeys(_endings(run, book)))
        found.update(dict.fromkeys(_pairs(run, book, stop_words)))
    text = "".join(tokens)
    found.update((phrase, None) for phrase in book.fixed if phrase in text)
    return tuple(found)


def phrases_of_report(
    statements: Iterable[Sequence[str]], stop_words: Collection[str] = frozenset()
) -> tuple[tuple[str, int], ...]:
    """Each phrase of a report's statements with the number of statements that hold it, most frequent first."""
    counts: dict[str, int] = {}
    for tokens in statements:
        for phrase in phrases(tokens, stop_words):
            counts[phrase] = counts.get(phrase, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def cohesion(together: int, first: int, second: int, reports: int) -> float:
    """Normalised pointwise mutual information of two words from the number of reports that hold both, each, any.

    1: never apart; 0: they meet as often as chance has it; negative: they avoid each other. ValueError for impossible
    counts. In SQL: ln(together * reports / (first * second)) / -ln(together / reports).
    """
    if not 0 < together <= min(first, second) <= max(first, second) <= reports:
        raise ValueError(f"impossible counts: {together} of {first} and {second} in {reports}")
    if together == reports:
        return 1.0
    return math.log(together * reports / (first * second)) / -math.log(together / reports)


def _runs(tokens: Iterable[str], book: Lexicon) -> Iterator[_Run]:
    run: _Run = []
    for token in tokens:
        if token in book.breaks or not token.isalpha():
            if run:
                yield run
            run = []
        elif token not in book.skip:
            run.append(token)
    if run:
        yield run


def _endings(run: _Run, book: Lexicon) -> Iterator[str]:
    """Every way to end in a word that says what is wanting, with one to three words before it."""
    for at, token in enumerate(run):
        if token not in book.lacking and token not in book.wants:
            continue
        after = run[at + 1] if at + 1 < len(run) else ""
        if token in book.wants and len(after) > 1:
            yield token + after
            yield from _before(run, at, token + after, 2, book)
        elif token in book.joins and after not in book.lacks and len(after) > (token not in book.short):
            yield from _before(run, at, book.same.get(token, token) + after, 2, book)
        elif token in book.lacks or token in book.same_end:
            yield from _before(run, at, book.same_end.get(token, token), 1, book)


def _before(run: _Run, at: int, end: str, words: int, book: Lexicon) -> Iterator[str]:
    phrase = end
    for token in reversed(run[max(0, at - MOST_WORDS + words) : at]):
        if len(token) < 2 or token in book.lacking:
            return
        phrase = token + phrase
        yield phrase


def _pairs(run: _Run, book: Lexicon, stop_words: Collection[str]) -> Iterable[str]:
    telling = [word if len(word) > 1 and word not in stop_words and word not in book.lacking else "" for word in run]
    return [first + second for first, second in pairwise(telling) if first and second]
