"""Titles of the six statutory sections: every place of a text that may be one, and the best run of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Any

from msgspec import Struct

from etl.paths import LEXICON
from etl.yml import read_yml

SECTION_NUMBERS = range(1, 7)
_MARKDOWN = "*#"
_BETWEEN = r"[\s*#]*"
_ROUND_A_TITLE = " \u3000*#>-●◆:。."
_LONGEST_TITLE = 60
_REACH = 80
_SIGNATURE_REACH = 100
_LAST_TABLES = 4
_MINOR = "(0123456789"
_NO_ORDINAL_AFTER = ("第", "条")
_CONTENTS_GAP = 3
_LEAST_CONTENTS = 3
_HARDLY_WORDS = re.compile(rf"[\W_]*(?:[^\W_][\W_]*){{0,{_CONTENTS_GAP}}}")
_SUREST = "statutory"
_WORDINGS = {_SUREST: 6, "usual": 4, "loose": 2}
_OWN_ORDINAL, _OTHER_ORDINAL, _MINOR_ORDINAL = 3, 1, -3
_WHOLE_LINE, _LINE_START = 2, 1


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabulary of `data/lexicon/sections.yml`, compiled."""

    ordinal: re.Pattern[str]
    title: re.Pattern[str]
    hint: re.Pattern[str]
    never: re.Pattern[str]
    annex: re.Pattern[str]
    annex_within: re.Pattern[str]
    annex_words: re.Pattern[str]
    footer: re.Pattern[str]
    goes_on: re.Pattern[str]
    report_title: re.Pattern[str]
    signature: re.Pattern[str]
    signature_ends: tuple[str, ...]
    placeholder: re.Pattern[str]
    values: dict[str, int]
    names: dict[int, str]


@cache
def lexicon() -> Lexicon:
    """The vocabulary, read once a process."""
    data = read_yml(LEXICON / "sections.yml")
    titles = "|".join(f"(?P<{group}>{pattern})" for group, pattern in _wordings(data["sections"]))
    return Lexicon(
        ordinal=re.compile(data["ordinal"]),
        title=re.compile(f"{data['before']}(?:{titles})"),
        hint=re.compile("|".join(_BETWEEN.join(hint) for hint in data["hints"])),
        never=re.compile(data["never"]),
        annex=re.compile(data["annexes"]),
        annex_within=re.compile(rf"(?<=\s){data['annex_within']}"),
        annex_words=re.compile(data["annex_words"]),
        footer=re.compile(rf"(?:^|(?<=\s))(?:{data['footers']})", re.MULTILINE),
        goes_on=re.compile(data["goes_on"]),
        report_title=re.compile(f"^{data['report_title']}$", re.MULTILINE),
        signature=re.compile(data["signature"]),
        signature_ends=tuple(data["signature_ends"]),
        placeholder=re.compile(data["placeholders"]),
        values=data["digits"],
        names={entry["number"]: entry["name"] for entry in data["sections"]},
    )


def _wordings(sections: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Group name (`wording_number`) and pattern, the surest wording of every section first."""
    for wording in _WORDINGS:
        for entry in sections:
            if entry[wording]:
                yield f"{wording}_{entry['number']}", "|".join(entry[wording])


class Ordinal(Struct, frozen=True, gc=False):
    """A number before a title; `top` unless in brackets or figures. `hint` is where the next word stands without which
    nothing is a title."""

    start: int
    end: int
    top: bool
    value: int
    hint: int


class Title(Struct, frozen=True, gc=False):
    """A place that may head section `number`; `start` and `end` are offsets in the text, the ordinal included."""

    number: int
    start: int
    end: int
    score: int
    wording: str
    ordinal: Ordinal | None


def without_signature(printed: str) -> str:
    """A text without the agency's name and the date at its very end."""
    if not printed.rstrip().endswith(lexicon().signature_ends):
        return printed
    reach = max(0, len(printed) - _SIGNATURE_REACH)
    signature = lexicon().signature.search(printed, reach)
    return printed[: signature.start()] if signature else printed


def compact(text: str) -> str:
    """A text without white space and the marks of Markdown."""
    return "".join(text.split()).replace("*", "").replace("#", "")


def find_hints(half: str) -> list[int]:
    """Where the words stand in a half-width text without one of which nothing is a title."""
    return [hint.start() for hint in lexicon().hint.finditer(half)]


def find_ordinals(half: str, hints: Sequence[int]) -> list[Ordinal]:
    """The ordinals of a half-width text in order, without minor ones that number none of the six sections or that no
    hint follows within reach."""
    found = []
    following = iter((*hints, len(half) + _REACH))
    hint = next(following)
    for match in lexicon().ordinal.finditer(half):
        start, end = match.span()
        while hint < end:
            hint = next(following)
        if half[start] in _MINOR and hint >= end + _REACH:
            continue
        top, value = _read_ordinal(match[0])
        if (top or value in SECTION_NUMBERS) and half[start - 1 : start] not in _NO_ORDINAL_AFTER:
            found.append(Ordinal(start, end, top, value, hint))
    return found


@lru_cache(maxsize=1024)
def _read_ordinal(printed: str) -> tuple[bool, int]:
    """Whether an ordinal is no minor one, and its value."""
    top = printed[0] not in _MINOR
    figures = "".join(char for char in printed if char.isdecimal())
    if figures:
        return top, int(figures)
    values = [lexicon().values[char] for char in printed if char in lexicon().values]
    if len(values) < 2:
        return top, sum(values)
    return top, 10 + values[-1] if values[0] == 10 else values[0] * 10


def find_titles(half: str, ordinals: Sequence[Ordinal], hints: Sequence[int]) -> list[Title]:
    """Every place that may be a title, in order; a table of contents is left out where the text repeats it.

    `lines` below is the text with every cell on a line of its own.
    """
    lines = half.replace("\t", "\n")
    near = [ordinal for ordinal in ordinals if ordinal.hint < ordinal.end + _REACH]
    titles = [title for ordinal in near if (title := _after_ordinal(lines, ordinal))]
    if any(title.ordinal and title.ordinal.top for title in titles):
        titles = [title for title in titles if not _is_subheading(title)]
    titles += _bare_titles(lines, hints, {title.start for title in titles})
    titles.sort(key=attrgetter("start"))
    return _without_contents(lines, titles)


def _after_ordinal(lines: str, ordinal: Ordinal) -> Title | None:
    """The title that follows an ordinal; None where none does, or something no title contains comes before its hint."""
    never = lexicon().never.search(lines, ordinal.end, ordinal.end + _REACH)
    reach = never.start() if never else ordinal.end + _REACH
    if reach < ordinal.hint:
        return None
    match = lexicon().title.match(compact(lines[ordinal.end : reach]))
    if match is None:
        return None
    wording, number = _group(match)
    own = ordinal.value == number
    if not (ordinal.top or own):
        return None
    end = _end_after(lines, ordinal.end, match.end())
    whole = _line_score(lines, ordinal.start, end)
    if wording == "loose" and whole < _WHOLE_LINE:
        return None
    weight = _MINOR_ORDINAL if not ordinal.top else _OWN_ORDINAL if own else _OTHER_ORDINAL
    start = _line_start(lines, ordinal.start) if whole else ordinal.start
    return Title(number, start, end, _WORDINGS[wording] + weight + whole, wording, ordinal)


def _end_after(lines: str, start: int, signs: int) -> int:
    """Offset after so many signs that are not skipped."""
    if len(compact(lines[start : start + signs])) == signs:
        return start + signs
    for at in range(start, len(lines)):
        signs -= not lines[at].isspace() and lines[at] not in _MARKDOWN
        if not signs:
            return at + 1
    return len(lines)


def _is_subheading(title: Title) -> bool:
    """A minor ordinal before a title of sections one to four, as what is inside section one often is headed."""
    if title.ordinal is None or title.ordinal.top:
        return False
    return title.number < _LAST_TABLES and title.wording != _SUREST


def _bare_titles(lines: str, hints: Sequence[int], headed: set[int]) -> Iterator[Title]:
    """Titles without an ordinal: they must fill their line or cell. `headed` are lines with a title already."""
    end = 0
    for hint in hints:
        if hint < end:
            continue
        start = lines.rfind("\n", max(hint - _LONGEST_TITLE, 0), hint) + 1
        if hint - start >= _LONGEST_TITLE:
            continue
        end = _line_end(lines, hint)
        if end - start > _LONGEST_TITLE or start in headed:
            continue
        printed = lines[start:end].strip(_ROUND_A_TITLE)
        if not lexicon().never.search(printed) and (group := _whole_line(compact(printed))):
            wording, number = group
            yield Title(number, start, end, _WORDINGS[wording] + _WHOLE_LINE, wording, None)


@lru_cache(maxsize=1024)
def _whole_line(line: str) -> tuple[str, int] | None:
    """The title that a compact line is; None where it is none or a loose one."""
    match = lexicon().title.fullmatch(line[1:] if line[0] in lexicon().values else line)
    group = _group(match) if match else None
    return group if group and group[0] != "loose" else None


def _line_start(lines: str, at: int) -> int:
    """Where the line or cell of an offset begins."""
    return lines.rfind("\n", 0, at) + 1


def _line_end(lines: str, at: int) -> int:
    """Where the line or cell of an offset ends."""
    end = lines.find("\n", at)
    return end if end >= 0 else len(lines)


def _group(match: re.Match[str]) -> tuple[str, int]:
    wording, number = (match.lastgroup or "").rsplit("_", 1)
    return wording, int(number)


def _line_score(lines: str, start: int, end: int) -> int:
    """Whether a title fills its line or cell, begins it, or stands within."""
    if lines[_line_start(lines, start) : start].strip(_ROUND_A_TITLE):
        return 0
    return _LINE_START if lines[end : _line_end(lines, end)].strip(_ROUND_A_TITLE) else _WHOLE_LINE


def _without_contents(lines: str, titles: list[Title]) -> list[Title]:
    """Without runs of titles that follow one another with nothing between and come again later."""
    if len(titles) - len({title.number for title in titles}) < _LEAST_CONTENTS - 1:
        return titles
    kept: list[Title] = []
    for run in _runs(lines, titles):
        later = {title.number for title in titles if title.start > run[-1].start}
        again = sum(title.number in later for title in run)
        if len(run) < _LEAST_CONTENTS or again < len(run) - 1:
            kept += run
    return kept


def _runs(lines: str, titles: list[Title]) -> Iterator[list[Title]]:
    run = titles[:1]
    for before, title in pairwise(titles):
        if title.number > before.number and _HARDLY_WORDS.fullmatch(lines, before.end, title.start):
            run.append(title)
            continue
        yield run
        run = [title]
    if run:
        yield run


def best_run(titles: Sequence[Title]) -> tuple[Title, ...]:
    """The titles in statutory order, at most one a section, whose scores add up highest; of equals the later."""
    best: dict[int, tuple[int, tuple[Title, ...]]] = {0: (0, ())}
    for title in titles:
        score, run = max([best[number] for number in best if number < title.number], key=itemgetter(0))
        if score + title.score >= best.get(title.number, (0, ()))[0]:
            best[title.number] = (score + title.score, (*run, title))
    return max(best.values(), key=itemgetter(0))[1]
