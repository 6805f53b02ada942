"""The six statutory sections of a report, by what their titles mean, with their text line by line as printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from etl.document import Document, Paragraph
from etl.prose.titles import (
    SECTION_NUMBERS,
    Ordinal,
    Title,
    best_run,
    compact,
    find_hints,
    find_ordinals,
    find_titles,
    lexicon,
    without_signature,
)
from etl.report import Finding, Section, Severity

PROBLEMS = 5
LEAST_PROBLEMS = 10
_NEEDED = (2, 3)
_TABLES_ELSEWHERE = (2, 3, 4)
_LONG_LINE = 200
_SHORT_HEADING = 30
_AROUND_TEXT = " \t\n\u3000*#:：。"
_BEFORE_HEADING = " \t\u3000*#"
_SENTENCE_END = "。"


class _Lines:
    """The text of a document with what each of its lines is: a paragraph or the row of a table, at which place."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.text = document.text
        self._starts = list(accumulate([len(text) + 1 for text in document.texts], initial=0))
        self._tables = self._runs_of_rows()

    def _runs_of_rows(self) -> list[tuple[int, int]]:
        """Where rows of tables begin and end; one whose only cell is a sentence is prose."""
        texts, starts = self._document.texts, self._starts
        found: list[tuple[int, int]] = []
        after = 0
        for block in self._document.blocks:
            if isinstance(block, Paragraph):
                after += 1
                continue
            rows = [row for row in block.rows if row.texts]
            first, after = after, after + len(rows)
            if self.text.find(_SENTENCE_END, starts[first], starts[after]) < 0:
                found.append((starts[first], starts[after]))
                continue
            for number, row in enumerate(rows, first):
                if _SENTENCE_END not in texts[number] or not _is_alone(row.texts):
                    found.append((starts[number], starts[number + 1]))
        return found

    def place_at(self, offset: int) -> str:
        """The place of a character; in a line that holds a whole report, with its number in the line."""
        number = bisect_right(self._starts, offset) - 1
        place = self._document.places[number]
        if len(self._document.texts[number]) < _LONG_LINE:
            return place
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset) + 1 or len(self.text)
        return place if end - start <= _LONG_LINE else f"{place} character {offset - start + 1}"

    def prose(self, start: int, end: int) -> str:
        """The text between two offsets, all of its first line, but for that without the rows of tables."""
        at = self.text.find("\n", start, end) + 1 or end
        kept = self.text[start:at]
        for first, last in self._tables:
            if at < last and first < end:
                kept += self.text[at:first]
                at = last
        return kept + self.text[at:end]


def _is_alone(texts: Sequence[str]) -> bool:
    """Whether only one cell of a row holds text."""
    return sum(map(bool, texts)) == 1


def find_sections(document: Document) -> tuple[tuple[Section, ...], tuple[Finding, ...]]:
    """The sections that were found, in statutory order, and what is doubtful about them (rules S1, S2, N1).

    `Section.text` leaves out the rows of tables in sections two to four, whose figures are read elsewhere.
    """
    lines = _Lines(document)
    half = document.half
    hints = find_hints(half)
    ordinals = find_ordinals(half, hints)
    found = find_titles(half, ordinals, hints)
    another = _another_report(half, found)
    if another is not None:
        half, found = half[:another], [title for title in found if title.end <= another]
    titles = best_run(found)
    ends = _ends(half, titles, ordinals)
    sections = tuple(_section(lines, title, end) for title, end in zip(titles, ends, strict=True))
    findings = [*_missing(titles), *_renumbered(lines, titles, ends, ordinals), *_empty(sections)]
    if another is not None:
        findings.append(
            Finding("S2", Severity.WARNING, "sections below another report title are not read", lines.place_at(another))
        )
    return sections, tuple(findings)


def _another_report(half: str, titles: Sequence[Title]) -> int | None:
    """Where the title of another report stands between a section five or six and a section one; None without one."""
    for last, first in pairwise(titles):
        if last.number >= PROBLEMS and first.number == 1:
            heading = lexicon().report_title.search(half, last.end, first.start)
            if heading is not None:
                return heading.start()
    return None


def _ends(half: str, titles: Sequence[Title], ordinals: Sequence[Ordinal]) -> list[int]:
    """Where the section of each title ends."""
    if not titles:
        return []
    limits = [title.start for title in titles[1:]] + [len(half)]
    ends = [_end_of(half, title, limit, ordinals) for title, limit in zip(titles, limits, strict=True)]
    return [*ends[:-1], _end_of_report(half, titles[-1].end, ends[-1])]


def _section(lines: _Lines, title: Title, end: int) -> Section:
    cut = lines.prose if title.number in _TABLES_ELSEWHERE else lambda start, end: lines.text[start:end]
    first, line_end, rest = cut(title.end, end).partition("\n")
    text = (first.lstrip(_AROUND_TEXT) + line_end + rest).strip()
    return Section(title.number, _quoted(lines, title), text, lines.place_at(title.start))


def _end_of(half: str, title: Title, end: int, ordinals: Sequence[Ordinal]) -> int:
    """Where a section ends before the next title: at an annex, or at a heading that is none of the six."""
    if title.number < PROBLEMS:
        return end
    for ordinal in ordinals:
        if title.end <= ordinal.start < end and _is_foreign(half, title, ordinal):
            return len(half[: ordinal.start].rstrip(_BEFORE_HEADING))
    if not lexicon().annex_words.search(half, title.end, end):
        return end
    within = lexicon().annex_within.search(half, title.end, end)
    end = within.start() if within else end
    at = title.end
    while (at := half.find("\n", at, end)) >= 0:
        at += 1
        if lexicon().annex.match(half, at, min(end, at + _SHORT_HEADING)):
            return at
    return end


def _is_foreign(half: str, title: Title, ordinal: Ordinal) -> bool:
    """Whether an ordinal inside section five or six heads an annex or a matter of its own."""
    if not ordinal.top:
        return False
    if lexicon().annex.match(half, ordinal.end):
        return True
    first = half.rfind("\n", 0, ordinal.start) + 1
    last = half.find("\n", ordinal.end)
    heading = half[ordinal.end : last if last >= 0 else len(half)]
    follows = title.ordinal is not None and ordinal.value == title.ordinal.value + 1
    alone = not half[first : ordinal.start].strip(_AROUND_TEXT) and len(heading) <= _SHORT_HEADING
    return follows and alone and _SENTENCE_END not in heading and not lexicon().goes_on.search(heading)


def _end_of_report(half: str, start: int, end: int) -> int:
    """Without what a web page writes below the report and without the signature."""
    footer = lexicon().footer.search(half, start, end)
    end = footer.start() if footer else end
    return start + len(without_signature(half[start:end]))


def _missing(titles: Sequence[Title]) -> list[Finding]:
    found = {title.number for title in titles}
    return [
        Finding(
            "S1",
            Severity.ERROR if number in _NEEDED else Severity.WARNING,
            f"section {number} not found: {lexicon().names[number]}",
        )
        for number in SECTION_NUMBERS
        if number not in found
    ]


def _renumbered(
    lines: _Lines, titles: Sequence[Title], ends: Sequence[int], ordinals: Sequence[Ordinal]
) -> list[Finding]:
    """Titles whose ordinal is not the statutory one, and the first 一、 that starts anew inside a section."""
    found = [
        Finding("S2", Severity.INFO, f"section {title.number} is headed {_quoted(lines, title)}", _at(lines, title))
        for title in titles
        if title.ordinal and title.ordinal.value != title.number
    ]
    first = [item.start for item in ordinals if item.top and item.value == 1]
    for title, end in zip(titles, ends, strict=True):
        inside = [start for start in first if title.end <= start < end]
        if inside and title.number not in _TABLES_ELSEWHERE:
            place = lines.place_at(inside[0])
            found.append(Finding("S2", Severity.INFO, f"numbering starts anew inside section {title.number}", place))
    return found


def _quoted(lines: _Lines, title: Title) -> str:
    return lines.text[title.start : title.end].strip(_AROUND_TEXT)


def _at(lines: _Lines, title: Title) -> str:
    return lines.place_at(title.start)


def _empty(sections: Sequence[Section]) -> list[Finding]:
    return [
        Finding(
            "N1", Severity.WARNING, f"section {PROBLEMS} holds fewer than {LEAST_PROBLEMS} characters", section.place
        )
        for section in sections
        if section.section_no == PROBLEMS and len(compact(section.text)) < LEAST_PROBLEMS
    ]
