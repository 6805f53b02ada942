"""Plain text and Markdown in any usual encoding, in the layouts that text tools leave behind.

A line with inner tabs or `|` is a table row; lines that start with one tab hold one cell each and a blank line
ends their row; cells ended or parted by `|` over several lines form one row of unknown breaks. All else is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from etl.document import Block, Document, Paragraph, Rejected, Row, Table, numbered
from etl.readers.text_drawn import begins_drawn, drawn_rows, with_plain_lines
from etl.readers.text_markup import with_tabs, without_emphasis, without_markup
from etl.text import repair

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*"
)
_ODD = re.compile("[\u0000-\u0008\u000e-\u001f\ufffd]")
_RULE_ROW = re.compile(r"[|:\-\s]*-{3,}[|:\-\s]*")
_ESCAPED = re.compile(r"\\([-—|*_.+#()\[\]])")  # as Markdown writers protect what could be markup
_WIKI_MARKS = ("|-", "{|", "|}")
_SHORT_CELL = 60
_BROKEN_LABEL = 8
_LEAST_TAB_LED = 6
_FURNITURE_STARTS = frozenset("|{:-—–－第")
_LONGEST_PAGE_NUMBER = 20


def decode(data: bytes) -> str:
    """Text of a file; strict UTF-8, then UTF-16, then GB18030, then a guess. Rejected when it is no text."""
    if not data.strip():
        raise Rejected("empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(data.decode("utf-16", errors="replace"))
    if data.startswith(b"\xef\xbb\xbf"):
        return _checked(data.decode("utf-8-sig", errors="replace"))
    wide = _utf_16_order(data)
    for encoding in (wide,) if wide else ("utf-8", "gb18030"):
        try:
            return _checked(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise Rejected("not_text")
    return _checked(data.decode(best.encoding, errors="replace"))


def _utf_16_order(data: bytes) -> str | None:
    """`utf-16-le` or `-be` for text without a byte order mark: ASCII's high bytes are zero on one side only."""
    even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
    if even + odd < len(data[:4000]) // 50 or min(even, odd) > max(even, odd) // 20:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _checked(text: str) -> str:
    sample = text[:20_000]
    if len(_ODD.findall(sample)) > len(sample) // 50:
        raise Rejected("not_text")
    if not text.strip():
        raise Rejected("empty")
    return text


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of a file, each with its number. `by_rows` tells whether most with a `|` hold a whole row: `X |` is then a
    row whose last cell is blank."""

    texts: list[str]
    numbers: list[int]
    by_rows: bool

    def place(self, at: int) -> str:
        return f"line {self.numbers[at]}"

    def paragraph(self, at: int) -> list[Block]:
        """The line as a paragraph; none where it is blank."""
        return [Paragraph(self.texts[at], self.place(at))] if self.texts[at].strip() else []

    def holds_row(self, at: int) -> bool:
        """Whether a whole row is on the line."""
        text = self.texts[at]
        if _is_tab_row(text):
            return True
        return "|" in text and ((self.by_rows and text.strip().strip("|") != "") or _is_pipe_row(text))


_Cell = tuple[str, str]
"""The text of a cell and its place."""
_Taken = tuple[list[Block], int]
"""What was found at a line, and where the lines go on."""


def read(source: str, data: bytes) -> Document:
    """The Document of a text or Markdown file. Rejected: empty, not_text."""
    text = with_tabs(with_plain_lines(repair(without_markup(decode(data)))))
    text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
    lines = [
        (line, number)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.lstrip()[:1] not in _FURNITURE_STARTS or not _is_furniture(line)
    ]
    if "\t" in text or "|" in text:
        texts = [line for line, _ in lines]
        blocks = _blocks(_Lines(texts, [number for _, number in lines], _by_rows(texts)))
    else:
        blocks = [Paragraph(line, f"line {number}") for line, number in lines if line.strip()]
    layouts = {"tables" if isinstance(block, Table) else "lines" for block in blocks}
    return Document(source, tuple(blocks), "text " + "+".join(sorted(layouts)))


def _by_rows(lines: list[str]) -> bool:
    """Whether most lines with a `|` hold whole rows."""
    piped = [line for line in lines if "|" in line]
    return 2 * sum(map(_is_pipe_row, piped)) > len(piped)


def _is_pipe_row(line: str) -> bool:
    """Whether a line with a `|` has text on both sides of an inner one, or is framed."""
    bare = line.strip()
    inner = bare.strip("|")
    return "|" in inner or (bare.startswith("|") and bare.endswith("|") and bool(inner))


def _is_tab_row(line: str) -> bool:
    """Whether tabs part a line's values."""
    return "\t" in line and (line.count("\t") > 1 or "\t" in line.strip())


def _is_tab_led(line: str) -> bool:
    """Whether a line is a cell that a tab leads."""
    return line.startswith("\t") and len(line) <= _SHORT_CELL and "\t" not in line.strip()


def _is_furniture(line: str) -> bool:
    """A page number, the rule under a Markdown table's head, or a mark between rows of a wiki's table."""
    if line in _WIKI_MARKS:
        return True
    if len(line.strip()) <= _LONGEST_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(line):
        return True
    return "---" in line and _RULE_ROW.fullmatch(line) is not None


def _blocks(lines: _Lines) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    for start, (text, after) in enumerate(zip(lines.texts, [*lines.texts[1:], ""], strict=True)):
        if start < at:
            continue
        if "\t" in text or "|" in text or "|" in after:
            found, at = _table_at(lines, start)
            blocks += found
        elif text.strip():
            blocks.append(Paragraph(text, lines.place(start)))
    return blocks


def _table_at(lines: _Lines, at: int) -> _Taken:
    """The table that begins at a line; the line as a paragraph where none does."""
    for take in (_take_tab_led, _take_drawn, _take_rows, _take_loose_pipes):
        found, end = take(lines, at)
        if found:
            return found, end
    return lines.paragraph(at), at + 1


def _take_drawn(lines: _Lines, at: int) -> _Taken:
    """A table drawn with lines."""
    if not begins_drawn(lines.texts[at]):
        return [], at
    rows, length = drawn_rows([(text, lines.place(number)) for number, text in enumerate(lines.texts[at:], start=at)])
    return ([Table(tuple(rows), exact=False)], at + length) if rows else ([], at)


def _take_rows(lines: _Lines, at: int) -> _Taken:
    """Consecutive lines that each hold a whole row."""
    end = at
    while end < len(lines.texts) and lines.holds_row(end):
        end += 1
    if end == at:
        return [], at
    texts = lines.texts[at:end]
    piped = [text.strip() for text in texts if not _is_tab_row(text)]
    led = [text.startswith("|") for text in piped]
    framed = 2 * sum(led) > len(led)
    ended = [text.endswith("|") for text in piped]
    closed = all(ended) or (framed and 2 * sum(ended) > len(ended))
    rows = [_row_cells(text, lines.place(number), framed, closed) for number, text in enumerate(texts, start=at)]
    return [Table(tuple(rows), exact=False)], end


def _row_cells(line: str, place: str, framed: bool, closed: bool) -> Row:
    """The cells of a whole row on one line. Only where most rows are `framed` does a leading `|` end no cell, and only
    where all are `closed` does none begin with the last one."""
    if _is_tab_row(line):
        texts = line.split("\t")
    else:
        bare = line.strip()
        bare = bare[1:] if framed and bare.startswith("|") else bare
        bare = bare[:-1] if closed and bare.endswith("|") else bare
        texts = bare.split("|")
    stripped = [text.strip() for text in texts]
    if "*" in line or "`" in line or "_" in line:
        stripped = list(map(without_emphasis, stripped))
    return Row(tuple(stripped), numbered(place, "cell", len(stripped)))


def _take_tab_led(lines: _Lines, at: int) -> _Taken:
    """One cell a line, each led by a tab; other short lines go on with the cell above, a blank line ends the row."""
    texts = lines.texts
    if not (_is_tab_led(texts[at]) or texts[at] == "\t"):
        return [], at
    rows: list[Row] = []
    row: list[_Cell] = []
    end, cells = at, 0
    while end < len(texts):
        text = texts[end]
        if _is_tab_led(text):
            row.append((text.strip(), lines.place(end)))
            cells += 1
        elif text == "":
            if row:
                rows.append(_row(row))
            elif end + 1 < len(texts) and not _is_tab_led(texts[end + 1]):
                break
            row = []
        elif row and not _is_tab_row(text) and len(text) <= _BROKEN_LABEL:
            row[-1] = (_joined(row[-1][0], text.strip()), row[-1][1])
        else:
            break
        end += 1
    if row:
        rows.append(_row(row))
    return ([Table(tuple(rows), exact=False)], end) if cells >= _LEAST_TAB_LED else ([], at)


def _take_loose_pipes(lines: _Lines, at: int) -> _Taken:
    """Cells that a `|` ends or parts over several lines: one row, since its breaks are lost."""
    end = _loose_end(lines.texts, at)
    if end == at:
        return [], at
    cells = _loose_cells(zip(lines.texts[at:end], lines.numbers[at:end], strict=True))
    return [Table((_row(cells),), exact=False)], end


def _loose_end(texts: list[str], at: int) -> int:
    """Where the run of loose `|` lines that starts at `at` ends; `at` itself when none starts there."""
    follows = at + 1 < len(texts) and texts[at + 1].strip() == "|"
    if not ("|" in texts[at] or (follows and texts[at].strip())):
        return at
    last_pipe, pipes = at, 0
    for end, text in enumerate(texts[at:], start=at):
        if "|" in text:
            last_pipe, pipes = end, pipes + 1
        elif end - last_pipe > 1 and not _one_label(texts[last_pipe + 1 : end + 1]):
            break
    return last_pipe + 1 if pipes > 1 else at


def _one_label(texts: list[str]) -> bool:
    """Lines without `|` that are one label broken in pieces."""
    return len(texts) <= 3 and all(len(text.strip()) <= _BROKEN_LABEL for text in texts)


def _joined(text: str, more: str) -> str:
    """Two pieces of one cell; a gap stays between figures, since two numbers must not become one."""
    gap = " " if text[-1:].isdigit() and more[:1].isdigit() else ""
    return f"{text}{gap}{more}"


def _row(cells: Iterable[_Cell]) -> Row:
    return Row(*map(tuple, zip(*cells, strict=True)))


def _loose_cells(lines: Iterable[tuple[str, int]]) -> Iterator[_Cell]:
    text, place = "", ""
    for line, number in lines:
        here = f"line {number}"
        for part_no, part in enumerate(line.split("|")):
            if part_no:
                yield text, place or here
                text, place = "", ""
            if bare := part.strip():
                text, place = _joined(text, bare) if text else bare, place or here
    if text:
        yield text, place
