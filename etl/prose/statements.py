"""Section five split into what an agency says is wrong and what it means to do about it.

Every statement is a run of the section's text as printed, without lead-ins, numbering and tails. The text is read
unit by unit (see `clauses`) while remembering whether problems or remedies are being told (see `wording`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import zip_longest

from etl.prose.clauses import Prose, Unit, patterns, units
from etl.prose.titles import lexicon, without_signature
from etl.prose.wording import (
    AROUND,
    acts,
    after_leads,
    announces_problems,
    before_tails,
    ends_badly,
    head_of,
    parts,
    tells_problem,
    words,
)
from etl.report import Finding, Section, Severity, Statements

PROBLEMS_SECTION = 5
_LEAST = 3
_LONGEST_ANNOUNCEMENT = 60
_CELL = "\t"
_LONGEST_HEAD = 24
_LONGEST_LABEL = 4
_STARTS = ("\n", ".")
_IN_PARAGRAPH = ("。", ";")
_GOES_ON = (*_IN_PARAGRAPH, "\n")


class _Mode(Enum):
    UNKNOWN = 0
    PROBLEMS = 1
    REMEDIES = 2


@dataclass(slots=True)
class _Item:
    """A numbered item that is being read: its marker, whether a statement came of it, whether a sentence has ended."""

    unit: Unit
    told: bool = False
    sentence_over: bool = False


@dataclass(slots=True)
class _Reading:
    """The state of reading one text; `problems`, `remedies` and the rest hold offsets of `prose.text`."""

    prose: Prose
    mode: _Mode = _Mode.UNKNOWN
    headed: bool = False
    announced: bool = False
    list_follows: bool = False
    listing: bool = False
    item: _Item | None = None
    headline: tuple[int, int] | None = None
    last: dict[_Mode, Unit] = field(default_factory=dict)
    problems: list[tuple[int, int]] = field(default_factory=list)
    remedies: list[tuple[int, int]] = field(default_factory=list)
    deeds: list[tuple[int, int]] = field(default_factory=list)
    named: list[tuple[int, int]] = field(default_factory=list)

    def read(self) -> Statements:
        """Take every unit, then settle what was left open."""
        told = list(units(self.prose))
        for unit, following in zip_longest(told, told[1:]):
            self.list_follows = bool(following and following.style)
            self._take(unit)
        self._settle_headline()
        problems = self.problems or self.named
        remedies = self.remedies or self.deeds
        return Statements(self._printed(problems), self._printed(remedies))

    def _printed(self, runs: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.prose.slice(start, end) for start, end in runs if end - start >= _LEAST))

    def _text(self, unit: Unit) -> str:
        return self.prose.text[unit.start : unit.end]

    def _enter(self, mode: _Mode, headed: bool = False) -> None:
        self._settle_headline()
        self.mode, self.headed, self.item = mode, headed, None

    def _settle_headline(self) -> None:
        """A numbered headline of which no sentence told a problem is the statement itself."""
        listed = self.mode is _Mode.PROBLEMS and (self.headed or self.announced)
        if self.headline and self.item and not self.item.told and listed:
            self.problems.append(self.headline)
        self.headline = None

    def _take(self, unit: Unit) -> None:
        piece = self._text(unit)
        if words().empty.fullmatch(piece.strip(AROUND)):
            return
        head = self._head(unit, piece)
        if head:
            kind, end = head
            self._enter(_Mode.REMEDIES if kind == "remedies" else _Mode.PROBLEMS, headed=True)
            self.listing = kind == "problems" and end <= _LONGEST_LABEL
            if piece[end:].strip(AROUND):
                self._take_told(Unit(unit.start + end, unit.end, before=_IN_PARAGRAPH[-1]))
        else:
            self._take_told(unit)

    def _head(self, unit: Unit, piece: str) -> tuple[str, int] | None:
        """The heading that a unit is or begins with; white space may end it where a line holds heading and text."""
        if not (unit.style or unit.before in _STARTS or ":" in piece):
            return None
        last = min(unit.start + _LONGEST_HEAD, unit.end)
        for gap in sorted([gap for gap in self.prose.gaps if unit.start + _LEAST <= gap < last]):
            if head := head_of(self.prose.text[unit.start : gap]):
                return head
        return head_of(piece)

    def _take_told(self, unit: Unit) -> None:
        """A unit that is no heading: a problem or a remedy by its words and by what was told before."""
        piece = self._text(unit)
        lead = patterns().remedy_lead.match(piece)
        if lead and not self._inside_remedy(unit):
            if self.mode is not _Mode.REMEDIES:
                self._enter(_Mode.REMEDIES)
            self._note_named(unit, piece)
            self._add_remedy(unit, lead.end())
        elif self.mode is _Mode.REMEDIES and not self._turns_back(unit, piece):
            self._add_remedy(unit, 0)
        elif acts(piece) and not words().topic.search(piece) and not self._goes_on_badly(unit, piece):
            self._take_deed(unit)
        else:
            self._add_problem(unit, piece)

    def _inside_remedy(self, unit: Unit) -> bool:
        """A further sentence of a numbered remedy, which may well open as a remedy does."""
        return self.mode is _Mode.REMEDIES and self.item is not None and not unit.style and unit.before in _IN_PARAGRAPH

    def _take_deed(self, unit: Unit) -> None:
        """A deed without a lead: a remedy where problems have been told, else kept for the case that none are."""
        if self.problems or self.headline:
            self._enter(_Mode.REMEDIES)
            self._add_remedy(unit, 0)
        elif unit.style and not words().praise.search(self._text(unit)):
            self.deeds.append((unit.start, unit.end))

    def _goes_on_badly(self, unit: Unit, piece: str) -> bool:
        return self._follows(unit, _Mode.PROBLEMS) and tells_problem(piece)

    def _follows(self, unit: Unit, mode: _Mode) -> bool:
        """Whether a marker is the next one of the list of problems or remedies."""
        last = self.last.get(mode)
        return bool(last and unit.style and last.style == unit.style and unit.value == last.value + 1)

    def _turns_back(self, unit: Unit, piece: str) -> bool:
        """Whether problems are told again after remedies, as where the two alternate."""
        if unit.style:
            if self._follows(unit, _Mode.REMEDIES) or not self._follows(unit, _Mode.PROBLEMS) or acts(piece):
                return False
            if (self.headed or _Mode.REMEDIES in self.last) and not tells_problem(piece):
                return False
        elif self.headed or self.item or not self._is_plainly_bad(piece):
            return False
        self._enter(_Mode.PROBLEMS)
        return True

    @staticmethod
    def _is_plainly_bad(piece: str) -> bool:
        """Whether a sentence without a number tells a problem to its end and opens as no remedy does."""
        return not words().actions.match(piece) and ends_badly(piece) and tells_problem(piece)

    def _note_named(self, unit: Unit, piece: str) -> None:
        match = words().named_in_lead.match(piece)
        if match and tells_problem(match["named"]):
            self.named.append((unit.start + match.start("named"), unit.start + match.end("named")))

    def _add_remedy(self, unit: Unit, lead: int) -> None:
        if self._announces(unit):
            return
        start = self._after_remedy_leads(unit, lead)
        end = unit.start + len(self._text(unit).rstrip(AROUND))
        if unit.style:
            self.last[_Mode.REMEDIES] = unit
            self.item = _Item(unit)
        elif self.item and not lead and self.remedies and unit.before in _GOES_ON:
            self.remedies[-1] = (self.remedies[-1][0], end)
            return
        if end - start >= _LEAST:
            self.remedies.append((start, end))

    def _announces(self, unit: Unit) -> bool:
        """Whether a unit only says that a list of remedies follows."""
        piece = self._text(unit)
        if unit.style or not self.list_follows or len(piece) > _LONGEST_ANNOUNCEMENT:
            return piece.endswith(":") and bool(words().announces.search(piece))
        return piece.endswith(":") or bool(words().announces.search(piece))

    def _after_remedy_leads(self, unit: Unit, lead: int) -> int:
        """Where a remedy begins behind its leads and the agency's name."""
        text = self.prose.text
        start = self._skip(unit.start + lead)
        if not lead:
            return start
        while match := patterns().remedy_lead.match(text, start, unit.end):
            start = self._skip(match.end())
        front = words().remedy_front.match(text, start, unit.end)
        return self._skip(front.end() if front else start)

    def _skip(self, at: int) -> int:
        """The offset of the next sign that is no stop."""
        rest = self.prose.text[at:]
        return at + len(rest) - len(rest.lstrip(AROUND))

    def _add_problem(self, unit: Unit, piece: str) -> None:
        if unit.style:
            self._settle_headline()
            self.item = _Item(unit)
        begin, general = after_leads(piece)
        if general:
            self._announce()
        rest = piece[begin:]
        announces = not unit.style and self.list_follows and announces_problems(rest)
        if announces:
            self._announce()
        if announces or words().nothing.fullmatch(rest.strip(AROUND)):
            return
        start, end = unit.start + begin, unit.start + begin + before_tails(rest)
        self.listing = piece[:begin].endswith(":") or (self.listing and unit.before == ";")
        if unit.style:
            self._add_item(unit, start, end)
        elif self.item:
            self._add_to_item(unit, start, end)
        elif self._is_told(rest, begin):
            self._add_parts(start, end)

    def _announce(self) -> None:
        """Note that problems are said to follow."""
        self.announced = True
        if self.mode is _Mode.UNKNOWN:
            self.mode = _Mode.PROBLEMS

    def _is_told(self, rest: str, begin: int) -> bool:
        if self.listing and self.mode is _Mode.PROBLEMS:
            return not words().praise.search(rest)
        sure = self.mode is _Mode.PROBLEMS or begin > 0 or ends_badly(rest)
        return sure and tells_problem(rest)

    def _add_parts(self, start: int, end: int) -> None:
        self.mode = _Mode.PROBLEMS
        for first, last in parts(self.prose.text[start:end]):
            piece = self.prose.text[start + first : start + last]
            begin, _ = after_leads(piece)
            self.problems.append((start + first + begin, start + first + begin + before_tails(piece[begin:])))

    def _add_item(self, unit: Unit, start: int, end: int) -> None:
        """The first sentence of a numbered item."""
        piece = self.prose.text[start:end]
        if tells_problem(piece):
            self.mode = _Mode.PROBLEMS
            self.last[_Mode.PROBLEMS] = unit
            self.problems.append((start, end))
            self._item().told = True
        elif not words().praise.search(piece) and not words().topic.search(piece) and end > start:
            self.last[_Mode.PROBLEMS] = unit
            self.headline = (start, end)

    def _add_to_item(self, unit: Unit, start: int, end: int) -> None:
        """A further sentence of a numbered item: explains the headline unless the headline told nothing."""
        item = self._item()
        item.sentence_over = item.sentence_over or unit.before != ";"
        piece = self.prose.text[start:end]
        adds = words().adds.match(self._text(unit)) or not (item.told and item.sentence_over)
        if adds and tells_problem(piece) and (ends_badly(piece) or not item.told):
            self.mode = _Mode.PROBLEMS
            self.last.setdefault(_Mode.PROBLEMS, item.unit)
            self.problems.append((start, end))
            item.told = True

    def _item(self) -> _Item:
        if self.item is None:
            raise AssertionError("no item is open")
        return self.item


def split_statements(text: str) -> Statements:
    """The problem statements and remedies of section five's text, in order; both empty when it names none."""
    problems: list[str] = []
    remedies: list[str] = []
    rest, cells = _columns(without_signature(text))
    if rest.strip():
        read = _Reading(Prose(rest)).read()
        problems, remedies = [*read.problems], [*read.remedies]
    for mode, cell in cells:
        told = _Reading(Prose(cell), mode, headed=True).read()
        problems += told.problems if mode is _Mode.PROBLEMS else ()
        remedies += told.remedies if mode is _Mode.REMEDIES else ()
    return Statements(tuple(problems), tuple(remedies))


def _columns(text: str) -> tuple[str, list[tuple[_Mode, str]]]:
    """The text without a table whose columns are headed problems and remedies, and the cells of those columns."""
    if _CELL not in text:
        return text, []
    heads: dict[int, _Mode] = {}
    rest: list[str] = []
    cells: list[tuple[_Mode, str]] = []
    for line in text.split("\n"):
        row = line.split(_CELL)
        if found := _headed(row):
            heads = found
        elif heads and len(row) > max(heads):
            cells += [(mode, row[column]) for column, mode in heads.items() if row[column].strip()]
        else:
            rest.append(line)
    return "\n".join(rest), cells


def _headed(row: Sequence[str]) -> dict[int, _Mode]:
    """Which columns a row heads as problems and remedies; empty unless it heads both."""
    kinds = {column: head_of(cell.strip()) for column, cell in enumerate(row)}
    modes = {"problems": _Mode.PROBLEMS, "remedies": _Mode.REMEDIES}
    heads = {column: modes[head[0]] for column, head in kinds.items() if head and head[0] in modes}
    return heads if len(set(heads.values())) == len(modes) else {}


def statement_findings(sections: Sequence[Section], statements: Statements) -> tuple[Finding, ...]:
    """Problems without remedies or the reverse (N2), and placeholders in the sections' prose (N3)."""
    found = []
    five = next((section for section in sections if section.section_no == PROBLEMS_SECTION), None)
    if five and bool(statements.problems) != bool(statements.remedies):
        lacking = "remedies" if statements.problems else "problems"
        found.append(Finding("N2", Severity.INFO, f"section {PROBLEMS_SECTION} tells no {lacking}", five.place))
    for section in sections:
        if left := lexicon().placeholder.search(section.text):
            message = f"placeholder in section {section.section_no}: {left[0]}"
            found.append(Finding("N3", Severity.WARNING, message, section.place))
    return tuple(found)
