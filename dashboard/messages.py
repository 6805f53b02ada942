"""Findings in the reader's language: what they say and where, by the patterns of `labels/messages.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.yml import read_yml

_FILE = Path(__file__).parent / "labels" / "messages.yml"
_PARTS = "; "
_SPELLED = {"@w": r"(\S+)", "@d": r"(\d+)", "@x": r"(.+)", "@l": r"(?P<line>\w+)"}
_LINE = re.compile(r"(?:^|(?<=; ))\w+(?=: )")
"""The key of a row or column that leads a part of a message."""
_PLACE = re.compile(r"([a-z]+)(?: (\d+))?")
ORIGINAL = "en"


@dataclass(frozen=True, slots=True)
class _Wording:
    parts: tuple[tuple[re.Pattern[str], str], ...]
    place: Mapping[str, str]


@cache
def _wording() -> _Wording:
    data = read_yml(_FILE)
    return _Wording(tuple((re.compile(_spelled(one)), chinese) for one, chinese in data["parts"]), data["place"])


def _spelled(pattern: str) -> str:
    for short, long in _SPELLED.items():
        pattern = pattern.replace(short, long)
    return pattern


def told(message: str, lang: str, names: Mapping[str, str]) -> str:
    """A finding's message in that language; `names` has the labels of rows and columns by key.

    What no pattern knows, such as a path, stays as it is stored.
    """
    if lang == ORIGINAL:
        return _LINE.sub(lambda found: names.get(found[0], found[0]), message)
    whole = _translated(message, names)
    if whole is not None:
        return whole
    parts = [_translated(part, names) for part in message.split(_PARTS)]
    return message if None in parts else "；".join(part for part in parts if part is not None)


def _translated(message: str, names: Mapping[str, str]) -> str | None:
    for pattern, chinese in _wording().parts:
        found = pattern.fullmatch(message)
        if found and not (_PARTS in message and "line" in pattern.groupindex):
            named = found.groupdict().get("line")
            values = [group for index, group in enumerate(found.groups()) if index or named is None]
            return chinese.format("", *values, line=names.get(named or "", named))
    return None


def place(where: str, lang: str) -> str:
    """A place such as `page 2 row 5` in that language."""
    if lang == ORIGINAL:
        return where
    return _PLACE.sub(_place_word, where).replace(" ", "")


def _place_word(found: re.Match[str]) -> str:
    pattern = _wording().place.get(found[1])
    return found[0] if pattern is None else pattern.format(n=found[2] or "")
