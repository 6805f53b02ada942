"""The six statutory sections of a report, by what their titles mean, with their text line by line as printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from etl.document import Cell, Document, Paragraph
from etl.prose.titles import (
    SECTION_NUMBERS,
    Ordinal,
    Title,
    best_run,
    compact,
    find_ordinals,
    find_titles,
    half_width,
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
    """The lines of a document in one string, with the place of each and whether it is a row of a table."""

    def __init__(self, document: Document) -> None:
        texts: list[str] = []
        self.places: list[str] = []
        self.figures: list[bool] = []
        for block in document.blocks:
            if isinstance(block, Paragraph):
                printed = [(block.text, block.place, False)]
            else:
                printed = [_row(row) for row in block.rows if row]
            for text, place, is_figures in printed:
                parts = text.split("\n")
                texts += parts
                self.places += [place] * len(parts)
                self.figures += [is_figures] * len(parts)
        self.text = "\n".join(texts)
        self.starts: list[int] = []
        at = 0
        for text in texts:
            self.starts.append(at)
            at += len(text) + 1

    def index_at(self, offset: int) -> int:
        """Index of the line that holds a character."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def place_at(self, offset: int) -> str:
        """The place of a character; in a line that holds a whole report, with its number in the line."""
        index = self.index_at(offset)
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        if end - self.starts[index] <= _LONG_LINE:
            return self.places[index]
        return f"{self.places[index]} character {offset - self.starts[index] + 1}"

    def prose(self, start: int, end: int) -> str:
        """The text between two offsets without the rows of tables."""
        first, last = self.index_at(start), self.index_at(max(end - 1, start))
        kept = []
        for index in range(first, last + 1):
            if self.figures[index] and index != first:
                continue
            line_end = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)
            kept.append(self.text[max(start, self.starts[index]) : min(end, line_end)])
        return "\n".join(kept)


def _row(cells: Sequence[Cell]) -> tuple[str, str, bool]:
    """A row joined by tabs, its place, and whether it holds figures: not where its only cell is a sentence."""
    texts = [cell.text for cell in cells]
    is_sentence = sum(map(bool, texts)) == 1 and any(_SENTENCE_END in text for text in texts)
    return "\t".join(texts), cells[0].place, not is_sentence


def find_sections(document: Document) -> tuple[tuple[Section, ...], tuple[Finding, ...]]:
    """The sections that were found, in statutory order, and what is doubtful about them (rules S1, S2, N1).

    `Section.text` leaves out the rows of tables in sections two to four, whose figures are read elsewhere.
    """
    lines = _Lines(document)
    half = half_width(lines.text)
    ordinals = find_ordinals(half)
    titles = best_run(find_titles(half, ordinals))
    ends = _ends(half, titles, ordinals)
    sections = tuple(_section(lines, title, end) for title, end in zip(titles, ends, strict=True))
    findings = [*_missing(titles), *_renumbered(lines, titles, ends, ordinals), *_empty(sections)]
    return sections, tuple(findings)


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
        inside = next((start for start in first if title.end <= start < end), None)
        if inside is not None and title.number not in _TABLES_ELSEWHERE:
            place = lines.place_at(inside)
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
