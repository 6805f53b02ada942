"""Prose of section five cut into units: runs between sentence ends, hard line breaks, markers and remedy leads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from etl.paths import LEXICON
from etl.text import half_width
from etl.yml import read_yml

_KEPT = re.compile("[^ \u3000\u00a0\r\v\f*#【]+")
_HEAD_ENDS = ("】", ":")
_ENDS = "。;!?"
_BEFORE_LEADS = {"pause": (",",), "gap": ("",)}
_PAGE_NUMBER = re.compile(r"\s*[-—–－]+\s*\d{1,4}\s*[-—–－]+\s*|\s*\d{1,3}\s*")
_FULL_STOP = r"(?<=[\u4e00-\u9fff])\.(?![A-Za-z\d.])"
_ONE_CLAUSE = "[^,。;:]*+(?::|$)"
_QUOTED = re.compile("“[^”]{1,20}”|《[^》]{1,60}》")
_WRAPPED = 0.8
_LEAST_WRAPPED = 18


@cache
def vocabulary() -> dict[str, Any]:
    """`data/lexicon/statements.yml` as it stands."""
    data: dict[str, Any] = read_yml(LEXICON / "statements.yml")
    return data


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns that cut a text into units; `marker` is a `starting` one or one of those that stand anywhere."""

    starting: re.Pattern[str]
    marker: re.Pattern[str]
    token: re.Pattern[str]
    remedy_lead: re.Pattern[str]
    head: re.Pattern[str]
    bullet: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """The cutting patterns, compiled once a process."""
    data = vocabulary()
    styles = data["markers"]
    starting, anywhere, marker = (
        "|".join(f"(?P<{style}>{pattern})" for style, pattern in some.items())
        for some in (styles["starting"], styles["anywhere"], styles["anywhere"] | styles["starting"])
    )
    return Patterns(
        starting=re.compile(starting),
        marker=re.compile(marker),
        token=re.compile(
            rf"(?=[{_ENDS}\n.,:、{styles['signs']}])"
            rf"(?:(?P<end>[{_ENDS}\n]|{_FULL_STOP})|(?P<pause>[,:、])|{anywhere})"
        ),
        remedy_lead=re.compile("|".join(data["remedy_leads"])),
        head=re.compile(f"(?={_ONE_CLAUSE})(?:{'|'.join(data['heads'].values())})"),
        bullet=re.compile(data["bullet"]),
    )


class Unit(Struct, frozen=True, gc=False):
    """A run of `Prose.text` without its marker. `style` and `value` tell the marker (empty, 0: none), `before` the
    sign that ended what stands before."""

    start: int
    end: int
    style: str = ""
    value: int = 0
    before: str = "\n"


class Prose:
    """`text` is half-width and without white space, a hard line break kept as one line end; `slice` leads back."""

    def __init__(self, printed: str) -> None:
        self.printed = printed
        self._runs: list[str] = []
        self._origin: list[int] = []
        self.gaps: set[int] = set()
        lines = list(_lines(half_width(printed).replace(*_HEAD_ENDS)))
        widest = max(len(line.strip()) for _, line in lines)
        for number, (at, line) in enumerate(lines):
            self._keep(line, at)
            following = lines[number + 1][1].strip() if number + 1 < len(lines) else ""
            if self._runs and self._runs[-1] != "\n" and not _goes_on(line.strip(), following, widest):
                self._runs.append("\n")
                self._origin.append(at + len(line))
        self.text = "".join(self._runs)

    def _keep(self, line: str, at: int) -> None:
        """Take a line without white space and marks, and note where they stood."""
        end = 0
        for run in _KEPT.finditer(line):
            if run.start() > end:
                self.gaps.add(len(self._origin))
            end = run.end()
            self._runs.append(run[0])
            self._origin += range(at + run.start(), at + end)
        if end < len(line):
            self.gaps.add(len(self._origin))

    def slice(self, start: int, end: int) -> str:
        """The printed run between two offsets of `text`, character for character."""
        return self.printed[self._origin[start] : self._origin[end - 1] + 1]


def _lines(half: str) -> Iterator[tuple[int, str]]:
    """Lines and cells with their offsets, page numbers left out."""
    at = 0
    for line in half.replace("\t", "\n").split("\n"):
        if not _PAGE_NUMBER.fullmatch(line) or not at:
            bullet = patterns().bullet.match(line)
            skipped = bullet.end() if bullet else 0
            yield at + skipped, line[skipped:]
        at += len(line) + 1


def _goes_on(line: str, following: str, widest: int) -> bool:
    """Whether a line was broken by its width only, so that the next one goes on with the sentence."""
    if not line or not following or line[-1] in _ENDS + ":":
        return False
    if patterns().starting.match(following) or patterns().token.match(following):
        return False
    return len(line) >= max(_WRAPPED * widest, _LEAST_WRAPPED)


def units(prose: Prose) -> Iterator[Unit]:
    """The units of a text in order, empty ones left out."""
    text = prose.text
    unit = _opened(0, _marker(text, 0), "\n")
    for at, following in _cuts(prose):
        if at < unit.start:
            continue
        if text[unit.start : at].strip(",:;、"):
            yield Unit(unit.start, at, unit.style, unit.value, unit.before)
        unit = following
    if text[unit.start :].strip(",:;、\n"):
        yield Unit(unit.start, len(text.rstrip("\n")), unit.style, unit.value, unit.before)


def _cuts(prose: Prose) -> Iterator[tuple[int, Unit]]:
    """Where a unit ends, and the one that follows, its end still open."""
    text = prose.text
    gaps = [(gap, "gap", "") for gap in prose.gaps if 0 < gap < len(text)]
    quoted = {at for match in _QUOTED.finditer(text) for at in range(*match.span())}
    found = [
        (match.start(), match.lastgroup or "", match[0])
        for match in patterns().token.finditer(text)
        if match.start() not in quoted
    ]
    for at, kind, sign in sorted(gaps + found):
        after = at + len(sign)
        if kind not in ("end", "pause", "gap"):
            yield at, Unit(after, after, kind, value_of(sign), text[at - 1 : at] or "\n")
            continue
        marker = _marker(text, after)
        if kind == "end" or marker or (sign in _BEFORE_LEADS[kind] and _leads(text, after, kind)):
            yield after if sign == ":" else at, _opened(after, marker, sign or text[at - 1])


def _leads(text: str, at: int, kind: str) -> bool:
    """Whether remedies begin at a clause, or a heading after white space within a line."""
    pattern = patterns().head if kind == "gap" else patterns().remedy_lead
    return pattern.match(text, at) is not None


def _marker(text: str, at: int) -> re.Match[str] | None:
    return patterns().marker.match(text, at)


def _opened(at: int, marker: re.Match[str] | None, before: str) -> Unit:
    """The unit that begins at an offset, its marker read off."""
    if marker is None:
        return Unit(at, at, before=before)
    return Unit(marker.end(), marker.end(), marker.lastgroup or "", value_of(marker[0]), before)


@lru_cache(maxsize=1024)
def value_of(marker: str) -> int:
    """The number that a marker stands for; 0 when it stands for none."""
    for word, value in vocabulary()["order_values"].items():
        if marker.startswith(word):
            return int(value)
    figures = "".join(sign for sign in marker if sign.isdecimal())
    if figures:
        return int(figures)
    numbers = [int(number) for sign in marker if (number := unicodedata.numeric(sign, -1)) >= 0]
    if len(numbers) == 2 and numbers[0] == 10:
        return 10 + numbers[1]
    return numbers[0] if numbers else 0
