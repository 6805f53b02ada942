"""PDF files with a text layer: ruled tables, also over page breaks, and the lines around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from etl.document import Document, Rejected
from etl.readers import build, pdf_grid, pdf_page
from etl.readers.build import RawBlock
from etl.readers.pdf_columns import Word, settle
from etl.readers.pdf_prose import Prose
from etl.readers.pdf_table import Parts
from etl.readers.pdf_text import Line, lines

MAX_PAGES = 200
_MARGIN = 0.1
_FEW_CHARS = 20
_LOST_SHARE = 0.3
_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s]*\d{1,4}(?:\s*/\s*\d{1,4})?[-—–－·•\s]*|第\s*\d{1,4}\s*页(?:\D{0,6}\d{1,4}\s*页)?"
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    parts: list[pdf_grid.Part]
    lines: list[Line]
    height: float
    chars: int
    lost: int
    pictured: bool

    def in_margin(self, line: Line) -> bool:
        """Whether a line stands where page numbers and running heads do."""
        return line.base < _MARGIN * self.height or line.base > (1 - _MARGIN) * self.height


def read(source: str, data: bytes) -> Document:
    """The Document of a PDF. Rejected: encrypted, damaged_pdf, too_many_pages, too_large, scanned_pdf, not_text."""
    pages = _pages(data)
    _check_text(pages)
    _drop_running_heads(pages)
    _settle_rows(pages)
    return build.build(source, _blocks(pages), "pdf")


def _pages(data: bytes) -> list[_Page]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        reason = "encrypted" if fault.err_code == raw.FPDF_ERR_PASSWORD else "damaged_pdf"
        raise Rejected(reason, str(fault)) from fault
    try:
        if len(document) > MAX_PAGES:
            raise Rejected("too_many_pages", f"{len(document)} > {MAX_PAGES}")
        return [_page(document, number) for number in range(1, len(document) + 1)]
    except pdfium.PdfiumError as fault:
        raise Rejected("damaged_pdf", str(fault)) from fault
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int) -> _Page:
    handle = document[number - 1]
    page = pdf_page.load(handle)
    handle.close()
    parts, outside = pdf_grid.parts(page)
    lost = sum(char.text == pdf_page.LOST for char in page.chars)
    return _Page(number, parts, lines(outside), page.height, len(page.chars), lost, page.pictured)


def _check_text(pages: list[_Page]) -> None:
    scanned = sum(page.pictured and page.chars < _FEW_CHARS for page in pages)
    if scanned * 2 > len(pages):
        raise Rejected("scanned_pdf")
    chars = sum(page.chars for page in pages)
    if sum(page.lost for page in pages) > _LOST_SHARE * chars:
        raise Rejected("not_text", "fonts without a way back to characters")


def _drop_running_heads(pages: list[_Page]) -> None:
    """Take out page numbers, and what repeats at the same place of the page's margin; its first print stays."""
    heads = Counter(_head(line) for page in pages for line in page.lines if page.in_margin(line))
    seen: set[tuple[int, str]] = set()
    for page in pages:
        kept = []
        for line in page.lines:
            if page.in_margin(line):
                head = _head(line)
                if _PAGE_NUMBER.fullmatch(line.text) or (heads[head] * 2 > len(pages) and head in seen):
                    continue
                seen.add(head)
            kept.append(line)
        page.lines[:] = kept


def _settle_rows(pages: list[_Page]) -> None:
    """Make rows of tables without rules whole; their columns may go on from page to page."""
    columns: Sequence[Word] = ()
    for page in pages:
        page.lines[:], columns = settle(page.lines, columns)


def _head(line: Line) -> tuple[int, str]:
    return round(line.base / 4), _DIGITS.sub("0", line.text)


@dataclass(slots=True)
class _Reading:
    """What has been read: finished blocks, and the table or paragraph that may go on."""

    prose: Prose
    blocks: list[RawBlock] = field(default_factory=list)
    table: Parts | None = None

    def end_table(self) -> None:
        """The open table is whole."""
        if self.table is not None:
            self.blocks.append(self.table.placed())
            self.table = None

    def end_prose(self) -> None:
        """The open paragraph is whole."""
        self.blocks.extend(self.prose.take())


def _blocks(pages: list[_Page]) -> list[RawBlock]:
    """Lines and tables of all pages in reading order; what a page break cut is joined."""
    reading = _Reading(Prose([line for page in pages for line in page.lines]))
    for page in pages:
        row = 1
        reading.prose.turn_page(page.lines)
        for item in _in_order(page):
            if isinstance(item, Line):
                reading.end_table()
                reading.prose.add(item, f"page {page.number} line {page.lines.index(item) + 1}")
                continue
            reading.end_prose()
            if reading.table is None or not reading.table.goes_on(page.number, item):
                reading.end_table()
                reading.table = Parts()
            reading.table.add(page.number, row, item)
            row += len(item.rows)
    reading.end_table()
    reading.end_prose()
    return reading.blocks


def _in_order(page: _Page) -> Iterator[Line | pdf_grid.Part]:
    waiting = list(page.parts)
    for line in page.lines:
        while waiting and waiting[0].top < line.base:
            yield waiting.pop(0)
        yield line
    yield from waiting
