"""Rules T1 to T6: what a report's words say of its own figures, held against its tables.

A claim is only doubted when no claim of its kind agrees with the table, and never against a cell that is no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from msgspec import Struct

from etl.paths import LEXICON
from etl.prose.numerals import number
from etl.report import Finding, FormCell, ReportCell, Section, Severity
from etl.text import compatible
from etl.warehouse.cellkeys import cell_numbers
from etl.yml import read_yml

_SENTENCE = re.compile(r"[。;；!！?？\n]")
_NEEDLESS_BLANK = re.compile(r" (?:(?<![0-9A-Za-z] )|(?![0-9A-Za-z]))")
_QUOTED = re.compile(r"“[^”\n]{1,60}”")
_CLAUSE_BREAKS = ",:"
_YEAR = re.compile(r"(20\d\d)年")
_SHOWN = 60
_LONGEST = 400
_CONTEXT = 2
_ABOUT = 0.3
_TABLES = (2, 3, 4)

Figures = Mapping[str, float]


class Said(Struct, frozen=True, gc=False):
    """A number in the words. `about` when a word says that it is approximate."""

    value: float
    about: bool
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Claim:
    """How a figure is told in words: the patterns, the sums of cells it may mean, what must not stand before it; each
    match holds `holds`."""

    rule: str
    sections: tuple[int, ...]
    context: re.Pattern[str] | None
    holds: str
    sums: tuple[tuple[str, ...], ...]
    less: tuple[tuple[str, tuple[str, ...]], ...]
    patterns: tuple[re.Pattern[str], ...]
    none: re.Pattern[str] | None
    not_before: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Denial:
    """How a report says that there was none; `not_with` are words that make it about something else."""

    rule: str
    severity: Severity
    sections: tuple[int, ...]
    cells: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    not_with: re.Pattern[str]


class _Sentence(Struct, frozen=True, gc=False):
    """A sentence, with those before it in `context`; `counts` when it may hold a number with its classifier."""

    text: str
    counts: bool
    context: str
    section_no: int
    place: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The patterns of `data/lexicon/text_figures.yml`.

    `tells`, `counts` and `denies` are quick and let pass what may match another one.
    """

    tells: re.Pattern[str]
    counts: re.Pattern[str]
    denies: re.Pattern[str]
    skip: re.Pattern[str]
    claims: tuple[Claim, ...]
    denials: tuple[Denial, ...]
    guides: tuple[re.Pattern[str], ...]
    misprinted_dates: tuple[re.Pattern[str], ...]


@cache
def wording() -> Wording:
    """The wording, loaded once. KeyError when the file lacks a part."""
    data = read_yml(LEXICON / "text_figures.yml")
    none, fees = data["none_received"], data["fees"]
    denials = (
        _denial("T3", Severity.ERROR, none, tuple(none["sections"]), tuple(key for (key,) in none["cells"])),
        _denial("T6", Severity.INFO, fees, (fees["section"],), tuple(fees["cells"])),
    )
    return Wording(
        re.compile(data["tells"]),
        re.compile(data["counts"].replace("@unit", data["unit"])),
        re.compile(data["denies"]),
        re.compile("".join(data["skip"].split())),
        tuple(_claim(one, data) for one in data["claims"]),
        denials,
        *(tuple(map(re.compile, data[name])) for name in ("guides", "misprinted_dates")),
    )


def _claim(one: dict[str, Any], data: dict[str, Any]) -> Claim:
    spelled = data["number"].strip().replace("@unit", data["unit"])
    return Claim(
        rule=one["rule"],
        sections=tuple(one["sections"]),
        context=re.compile(data[one["about"]]) if one["about"] else None,
        holds=one["holds"],
        sums=tuple(tuple(keys) for keys in one["cells"]),
        less=tuple((also["of"], tuple(also["less"])) for also in one.get("also", ())),
        patterns=tuple(re.compile(pattern.replace("@n", spelled)) for pattern in one["patterns"]),
        none=re.compile(one["none"]) if "none" in one else None,
        not_before=re.compile(one["not_before"]),
    )


def _denial(
    rule: str, severity: Severity, data: dict[str, Any], sections: tuple[int, ...], cells: tuple[str, ...]
) -> Denial:
    patterns = tuple(re.compile(one) for one in data["patterns"])
    return Denial(rule, severity, sections, cells, patterns, re.compile(data["not_with"]))


def check_words(sections: Sequence[Section], cells: Iterable[ReportCell], year: int | None) -> tuple[Finding, ...]:
    """The findings of T1 to T6 on a report of that year."""
    told = [section for section in sections if section.section_no in _sections_of_interest()]
    sentences = [one for section in told for one in _sentences(section) if _is_of(one.text, year)]
    if not sentences:
        return ()
    wanted = _cells_of_interest()
    figures = {wanted[cell.at]: cell.value for cell in cells if cell.at in wanted and cell.value is not None}
    found = [finding for claim in wording().claims for finding in _check_claim(claim, sentences, figures)]
    return (*found, *(one for denial in wording().denials for one in _check_denial(denial, sentences, figures)))


@cache
def _cells_of_interest() -> Mapping[FormCell, str]:
    """The cells of which words may tell, with their keys."""
    words = wording()
    keys = {key for claim in words.claims for keys in claim.sums for key in keys}
    keys |= {key for claim in words.claims for of, less in claim.less for key in (of, *less)}
    keys |= {key for denial in words.denials for key in denial.cells}
    return {at: at.key for at in cell_numbers() if at.key in keys}


@cache
def _sections_of_interest() -> frozenset[int]:
    sections = [claim.sections for claim in wording().claims] + [denial.sections for denial in wording().denials]
    return frozenset(number for numbers in sections for number in numbers)


def _sentences(section: Section) -> Iterator[_Sentence]:
    """Sentences that count or deny, without white space; lines are joined but for sections with tables."""
    words, lines = wording(), compatible(section.text).split("\n")
    if section.section_no in _TABLES:
        telling = [line for line in lines if words.tells.search("".join(line.split()))]
        paragraphs = _QUOTED.sub("", _folded(telling)).split("\n")
    else:
        paragraphs = [_QUOTED.sub("", _folded(lines)).replace("\n", "")]
    for paragraph in paragraphs:
        sentences = _SENTENCE.split(paragraph)
        for index, sentence in enumerate(sentences):
            if len(sentence) <= _LONGEST and words.tells.search(sentence):
                counts = words.counts.search(sentence) is not None
                if counts or words.denies.search(sentence):
                    context = "".join(sentences[max(0, index - _CONTEXT) : index + 1])
                    yield _Sentence(sentence, counts, context, section.section_no, section.place)


def fold_marks(text: str) -> str:
    """Half-width text without white space, but for that between digits or letters."""
    return _folded(compatible(text).split("\n"))


def _folded(lines: Iterable[str]) -> str:
    return _NEEDLESS_BLANK.sub("", "\n".join([" ".join(line.split()) for line in lines]))


def _is_of(sentence: str, year: int | None) -> bool:
    """Whether a sentence may tell a count of the report's own year."""
    years = {int(found) for found in _YEAR.findall(sentence)}
    return not years or year in years


def _check_claim(claim: Claim, sentences: Sequence[_Sentence], figures: Figures) -> Iterator[Finding]:
    said = [one for sentence in sentences if _fits(claim, sentence) for one in _said(claim, sentence)]
    allowed = _allowed(claim, figures) if said else {}
    if not allowed:
        return
    exact = [one for one in said if not one.about]
    if any(one.value in allowed for one in exact) or sum(one.value for one in exact) in allowed:
        return
    meant = next(iter(allowed))
    cells = tuple(key for keys in claim.sums for key in keys if key in figures)
    if exact:
        yield _finding(claim.rule, Severity.WARNING, exact[0], meant, tuple(dict.fromkeys(cells)))
        return
    rough = [one for one in said if not any(_near(one.value, value) for value in allowed)]
    if rough and len(rough) == len(said):
        yield _finding(claim.rule, Severity.INFO, rough[0], meant, tuple(dict.fromkeys(cells)))


def _allowed(claim: Claim, figures: Figures) -> dict[float, None]:
    """What the table may be said to have, the plainest reading first; empty when that is unknown."""
    sums = [_sum(keys, figures) for keys in claim.sums]
    for of, keys in claim.less:
        whole, part = figures.get(of), _sum(keys, figures)
        sums.append(None if whole is None or part is None else whole - part)
    return dict.fromkeys([value for value in sums if value is not None])


def _sum(keys: Sequence[str], figures: Figures) -> float | None:
    values = [figures[key] for key in keys if key in figures]
    return sum(values) if len(values) == len(keys) else None


def _fits(claim: Claim, sentence: _Sentence) -> bool:
    if sentence.section_no not in claim.sections or claim.holds not in sentence.text:
        return False
    if not (sentence.counts or claim.none):
        return False
    return claim.context is None or claim.context.search(sentence.context) is not None


def _said(claim: Claim, sentence: _Sentence) -> Iterator[Said]:
    text = sentence.text
    for pattern in claim.patterns if sentence.counts else ():
        for found in pattern.finditer(text):
            value = number(found["n"])
            if value is not None and not _is_other(claim, text, found):
                about = bool(found["about"] or found["more"] or found["after"] or "万" in found["n"])
                yield Said(value, about, found[0], sentence.place)
    if claim.none is not None and (none := claim.none.search(text)):
        yield Said(0.0, about=False, words=none[0], place=sentence.place)


def _is_other(claim: Claim, text: str, found: re.Match[str]) -> bool:
    """Whether the clause up to a number, or the one before it, says that something else is counted."""
    at = found.start("n")
    start = _clause_start(text, at)
    clause, before = text[start:at], text[_clause_start(text, start - 1) : found.end()]
    return claim.not_before.search(clause) is not None or wording().skip.search(before) is not None


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(sign, 0, max(at, 0)) for sign in _CLAUSE_BREAKS) + 1


def _near(said: float, value: float) -> bool:
    return abs(said - value) <= _ABOUT * max(said, value)


def _check_denial(denial: Denial, sentences: Sequence[_Sentence], figures: Figures) -> Iterator[Finding]:
    known = [key for key in denial.cells if key in figures]
    if not known or not figures[known[0]]:
        return
    for sentence in sentences:
        if sentence.section_no not in denial.sections:
            continue
        found = next((one[0] for pattern in denial.patterns if (one := pattern.search(sentence.text))), None)
        if found and not (denial.not_with.search(sentence.text) or wording().skip.search(sentence.text)):
            said = Said(0.0, about=False, words=found, place=sentence.place)
            yield _finding(denial.rule, denial.severity, said, figures[known[0]], (known[0],))
            return


def _finding(rule: str, severity: Severity, said: Said, value: float, cells: tuple[str, ...]) -> Finding:
    message = (
        f"text {said.value:.12g} ≠ table {value:.12g}, difference {said.value - value:.12g}: {said.words[:_SHOWN]}"
    )
    return Finding(rule, severity, message, said.place, cells=cells)
