"""The pattern language of `data/themes.yml`: word lists that must meet, follow or avoid each other in a clause."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Word lists that must meet in one clause; `ordered` ones follow each other.

    `absent` are words the clause, `absent_all` words the whole statement must not hold.
    """

    parts: tuple[Words, ...]
    ranks: tuple[Mapping[str, int], ...]
    ordered: bool
    absent: Words
    absent_all: Words

    def among(self, present: Collection[str]) -> tuple[Words, ...]:
        """The lists without the words that a text does not hold."""
        return tuple(
            [tuple(sorted(filter(ranks.__contains__, present), key=ranks.__getitem__)) for ranks in self.ranks]
        )

    def match(self, clause: str, statement: str, parts: tuple[Words, ...] | None = None) -> Words:
        """The words found, one for each list in the order of the lists; empty where the pattern does not match. `parts`
        are the lists without words known to be absent."""
        found = (_in_order if self.ordered else _anywhere)(parts or self.parts, clause)
        if not found or holds_any(self.absent, clause) or holds_any(self.absent_all, statement):
            return ()
        return found


def parse_pattern(text: str, lists: Mapping[str, str]) -> Pattern:
    """The pattern that `text` writes; KeyError where it names a list that is not there."""
    pieces = [piece.strip() for piece in re.split(" [>&] ", text)]
    parts = tuple(parse_words(piece, lists) for piece in pieces if not piece.startswith("!"))
    return Pattern(
        parts,
        tuple({word: rank for rank, word in enumerate(words)} for words in parts),
        " > " in text,
        tuple(word for piece in pieces if re.match("!(?!!)", piece) for word in parse_words(piece[1:], lists)),
        tuple(word for piece in pieces if piece.startswith("!!") for word in parse_words(piece[2:], lists)),
    )


def parse_words(text: str, lists: Mapping[str, str]) -> Words:
    """The words of `A|B|$list` in that order, each once; KeyError where the list is not there."""
    found: list[str] = []
    for word in text.split("|"):
        found.extend(parse_words(lists[word[1:]], lists) if word.startswith("$") else [word])
    return tuple(dict.fromkeys(found))


def _anywhere(parts: Iterable[Words], clause: str) -> Words:
    found = []
    for words in parts:
        word = _first(words, clause)
        if word is None:
            return ()
        found.append(word)
    return tuple(found)


def _in_order(parts: Iterable[Words], clause: str) -> Words:
    found, at = [], 0
    for words in parts:
        places = [(clause.find(word, at), word) for word in words if word in clause[at:]]
        if not places:
            return ()
        place, word = min(places)
        found.append(word)
        at = place + len(word)
    return tuple(found)


def _first(words: Words, text: str) -> str | None:
    for word in words:
        if word in text:
            return word
    return None


def holds_any(words: Words, text: str) -> bool:
    """Whether one of the words stands in the text."""
    return _first(words, text) is not None
