"""Plain text and Markdown in any usual encoding, in the layouts that text tools leave behind.

A line with inner tabs or `|` is a table row; lines that start with one tab hold one cell each and a blank line
ends their row; cells ended or parted by `|` over several lines form one row of unknown breaks. All else is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from charset_normalizer import from_bytes

from etl.document import Block, Cell, Document, Paragraph, Rejected, Table
from etl.readers.text_drawn import begins_drawn, drawn_rows, with_plain_lines
from etl.readers.text_markup import with_tabs, without_emphasis, without_markup
from etl.text import repair
from etl.value import value

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


@value
class _Line:
    text: str
    number: int
    by_rows: bool = False
    """Whether most lines with a `|` hold a whole row, so that `X |` is a row whose last cell is blank."""

    @property
    def place(self) -> str:
        return f"line {self.number}"

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def tab_led(self) -> bool:
        return self.text.startswith("\t") and "\t" not in self.text.strip() and len(self.text) <= _SHORT_CELL

    @property
    def tab_row(self) -> bool:
        return self.text.count("\t") > 1 or "\t" in self.text.strip()

    @property
    def pipe_row(self) -> bool:
        """A whole row on its line."""
        if "|" not in self.text:
            return False
        return (self.by_rows and self.text.strip().strip("|") != "") or _is_pipe_row(self.text)

    @property
    def has_pipe(self) -> bool:
        return "|" in self.text


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
        by_rows = _by_rows([line for line, _ in lines if "|" in line])
        blocks = tuple(_blocks([_Line(line, number, by_rows) for line, number in lines]))
    else:
        blocks = tuple([Paragraph(line, f"line {number}") for line, number in lines if line.strip()])
    layouts = {"tables" if isinstance(block, Table) else "lines" for block in blocks}
    return Document(source, blocks, "text " + "+".join(sorted(layouts)))


def _by_rows(piped: list[str]) -> bool:
    """Whether most lines with a `|` hold whole rows."""
    return 2 * sum(map(_is_pipe_row, piped)) > len(piped)


def _is_pipe_row(line: str) -> bool:
    """Whether a line with a `|` has text on both sides of an inner one, or is framed."""
    bare = line.strip()
    inner = bare.strip("|")
    return "|" in inner or (bare.startswith("|") and bare.endswith("|") and bool(inner))


def _is_furniture(line: str) -> bool:
    """A page number, the rule under a Markdown table's head, or a mark between rows of a wiki's table."""
    if line in _WIKI_MARKS:
        return True
    if len(line.strip()) <= _LONGEST_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(line):
        return True
    return "---" in line and _RULE_ROW.fullmatch(line) is not None


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        if not _may_start_table(lines, at):
            if not lines[at].blank:
                yield Paragraph(lines[at].text, lines[at].place)
            at += 1
            continue
        for take in (_take_tab_led, _take_drawn, _take_rows, _take_loose_pipes):
            found, end = take(lines, at)
            if found:
                yield from found
                break
        else:
            end = at + 1
            if not lines[at].blank:
                yield Paragraph(lines[at].text, lines[at].place)
        at = end


def _may_start_table(lines: list[_Line], at: int) -> bool:
    text = lines[at].text
    return "\t" in text or "|" in text or (at + 1 < len(lines) and "|" in lines[at + 1].text)


def _take_drawn(lines: list[_Line], at: int) -> tuple[list[Block], int]:
    """A table drawn with lines."""
    if not begins_drawn(lines[at].text):
        return [], at
    rows, length = drawn_rows([(line.text, line.place) for line in lines[at:]])
    return ([Table(tuple(rows), exact=False)], at + length) if rows else ([], at)


def _take_rows(lines: list[_Line], at: int) -> tuple[list[Block], int]:
    """Consecutive lines that each hold a whole row."""
    end = at
    while end < len(lines) and (lines[end].tab_row or lines[end].pipe_row):
        end += 1
    led = [line.text.lstrip().startswith("|") for line in lines[at:end] if not line.tab_row]
    framed = 2 * sum(led) > len(led)
    ended = [line.text.rstrip().endswith("|") for line in lines[at:end] if not line.tab_row]
    closed = all(ended) or (framed and 2 * sum(ended) > len(ended))
    rows = tuple(tuple(_row_cells(line, framed=framed, closed=closed)) for line in lines[at:end])
    return ([Table(rows, exact=False)], end) if rows else ([], at)


def _row_cells(line: _Line, *, framed: bool, closed: bool) -> list[Cell]:
    """The cells of a whole row on one line. Only where most rows are `framed` does a leading `|` end no cell, and only
    where all are `closed` does none begin with the last one."""
    if line.tab_row:
        texts = line.text.split("\t")
    else:
        bare = line.text.strip()
        bare = bare[1:] if framed and bare.startswith("|") else bare
        bare = bare[:-1] if closed and bare.endswith("|") else bare
        texts = bare.split("|")
    place = line.place
    emphasised = "*" in line.text or "`" in line.text or "_" in line.text
    stripped = [without_emphasis(text.strip()) for text in texts] if emphasised else [text.strip() for text in texts]
    return [Cell(text, f"{place} cell {column}") for column, text in enumerate(stripped, start=1)]


def _take_tab_led(lines: list[_Line], at: int) -> tuple[list[Block], int]:
    """One cell a line, each led by a tab; other short lines go on with the cell above, a blank line ends the row."""
    if not (lines[at].tab_led or lines[at].text == "\t"):
        return [], at
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    end, cells = at, 0
    while end < len(lines):
        line = lines[end]
        if line.tab_led:
            row.append(Cell(line.text.strip(), line.place))
            cells += 1
        elif line.text == "":
            if row:
                rows.append(tuple(row))
            elif end + 1 < len(lines) and not lines[end + 1].tab_led:
                break
            row = []
        elif row and not line.tab_row and len(line.text) <= _BROKEN_LABEL:
            row[-1] = Cell(_joined(row[-1].text, line.text.strip()), row[-1].place)
        else:
            break
        end += 1
    if row:
        rows.append(tuple(row))
    return ([Table(tuple(rows), exact=False)], end) if cells >= _LEAST_TAB_LED else ([], at)


def _take_loose_pipes(lines: list[_Line], at: int) -> tuple[list[Block], int]:
    """Cells that a `|` ends or parts over several lines: one row, since its breaks are lost."""
    end = _loose_end(lines, at)
    if end == at:
        return [], at
    return [Table((tuple(_loose_cells(lines[at:end])),), exact=False)], end


def _loose_end(lines: list[_Line], at: int) -> int:
    """Where the run of loose `|` lines that starts at `at` ends; `at` itself when none starts there."""
    follows = at + 1 < len(lines) and lines[at + 1].text.strip() == "|"
    if not (lines[at].has_pipe or (follows and not lines[at].blank)):
        return at
    end, last_pipe, pipes = at, at, 0
    while end < len(lines):
        if lines[end].has_pipe:
            last_pipe, pipes = end, pipes + 1
        elif end - last_pipe > 1 and not _one_label(lines[last_pipe + 1 : end + 1]):
            break
        end += 1
    return last_pipe + 1 if pipes > 1 else at


def _one_label(lines: list[_Line]) -> bool:
    """Lines without `|` that are one label broken in pieces."""
    return len(lines) <= 3 and all(len(line.text.strip()) <= _BROKEN_LABEL for line in lines)


def _joined(text: str, more: str) -> str:
    """Two pieces of one cell; a gap stays between figures, since two numbers must not become one."""
    gap = " " if text[-1:].isdigit() and more[:1].isdigit() else ""
    return f"{text}{gap}{more}"


def _loose_cells(lines: Iterable[_Line]) -> Iterator[Cell]:
    text, place = "", ""
    for line in lines:
        here = line.place
        for number, part in enumerate(map(str.strip, line.text.split("|"))):
            if number:
                yield Cell(text, place or here)
                text, place = "", ""
            if part:
                text, place = _joined(text, part) if text else part, place or here
    if text:
        yield Cell(text, place)
