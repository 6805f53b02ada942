"""The words of `data/lexicon/agency.yml`, patterns compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from etl.paths import LEXICON
from etl.yml import read_yml

_PARTS = ("zone", "title_rest", "label_agency", "label_published", "breadcrumb")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Plain lists in `words`, compiled patterns by key in `patterns`, lists of patterns in `lists`, patterns after the
    words of which each match holds one in `sayings`.

    A pattern of a list that is in one of a text's lines is also in the lines joined by line ends. Equal to itself only.
    """

    words: dict[str, Any]
    patterns: dict[str, re.Pattern[str]]
    lists: dict[str, tuple[re.Pattern[str], ...]]
    sayings: dict[str, tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]]
    expand: tuple[tuple[re.Pattern[str], str], ...]
    complete: tuple[tuple[re.Pattern[str], str], ...]
    kinds: tuple[tuple[re.Pattern[str], str], ...]

    def pattern(self, key: str) -> re.Pattern[str]:
        """The pattern of that key; KeyError when the file lacks it."""
        return self.patterns[key]


@cache
def lexicon(path: Path = LEXICON / "agency.yml") -> Lexicon:
    """The lexicon, loaded once. A key of `_PARTS` in braces stands for its pattern in others."""
    data = read_yml(path)

    def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
        for part in _PARTS:
            pattern = pattern.replace(f"{{{part}}}", data[part])
        return re.compile(pattern, flags)

    def over_lines(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(compiled(pattern, re.MULTILINE) for pattern in data[key])

    def pairs(key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((compiled(pattern), value) for pattern, value in data[key])

    return Lexicon(
        words=data,
        patterns={key: compiled(value) for key, value in data.items() if isinstance(value, str)},
        lists={key: over_lines(key) for key in ("cues", "about_year", "title_words")},
        sayings={
            key: tuple((tuple(needed), compiled(pattern)) for needed, pattern in data[key])
            for key in ("says_who", "whom_to_ask", "place_account", "first_heading")
        },
        expand=pairs("expand"),
        complete=pairs("complete"),
        kinds=pairs("kinds"),
    )
