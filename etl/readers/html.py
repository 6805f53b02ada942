"""Web pages: a report's text and tables out of the page around it, whatever the editor or Word left in the markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from etl.document import Document, Rejected
from etl.readers.build import Line, RawBlock, build
from etl.readers.flow import Cell, CellCount, Flow, Rows
from etl.readers.grid import MAX_ROWS
from etl.readers.hidden import drop_hidden
from etl.readers.text import decode as decode_text

_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_BELIEVED = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs"}
_LOST_SHARE = 50  # a file with one lost character in this many is not in the encoding tried
_META = ("ArticleTitle", "PubDate", "ContentSource")
_INLINE = tuple(
    "span font b strong i em u a big small tt code label abbr acronym bdo bdi cite q ins mark nobr wbr var kbd samp "  # noqa: SIM905
    "dfn time data o:p".split()
)
_BREAKING = (
    "p div br h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote section article main header address center hr form "  # noqa: SIM905
    "fieldset figure figcaption caption legend details summary body".split()
)
_TAG_OR_LINE_END = re.compile(r"</?[a-z][^<>]*>|\n", re.IGNORECASE)
_SHOWN_FIELDS = ("text", "number")
_CELLS = ("td", "th")
_SPAN = re.compile(r"\s*(\d{1,6})", re.ASCII)
_BLANKS = "\t\n\r\f"
_SPACES = re.compile("  +")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u201c\u201d\u2014\u2026"
_WRAPPED = re.compile(f"(?<=[{_CJK}])[ \\t]*[\\r\\n][ \\t\\r\\n]*(?=[{_CJK}])")


def read(source: str, data: bytes) -> Document:
    """The Document of a page. Rejected: empty, not_text, too_deep, too_large."""
    text = decode(data)
    root = parse(text if text.lstrip("\ufeff \t\r\n").startswith("<") else _in_lines(text))
    identity = _identity(root)
    drop_hidden(root)
    etree.strip_tags(root, *_INLINE)
    return build(source, identity + _walk(root), "html")


def decode(data: bytes) -> str:
    """Text of a page; the bytes are trusted before the declaration, which is often wrong. Rejected: empty, not_text."""
    if not data.strip():
        raise Rejected("empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or b"\0" in data[:400]:
        return decode_text(data)
    for encoding in ("utf-8", _declared(data), "gb18030"):
        text = _nearly(data, encoding)
        if text is not None:
            return text
    return decode_text(data)


def _declared(data: bytes) -> str:
    """The encoding that a page claims, where its claim tells anything: single-byte ones would fit any bytes."""
    found = _DECLARED.search(data[:4000])
    return _BELIEVED.get(found[1].decode("ascii").lower(), "gb18030") if found else "gb18030"


def _nearly(data: bytes, encoding: str) -> str | None:
    """The text when next to nothing in it is lost: pages are cut and damaged in transit."""
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost == 0:
        return text
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if lost * _LOST_SHARE < beyond_ascii else None


def _in_lines(text: str) -> str:
    """Text that holds markup only for its tables, as converters write into Markdown: its line ends are meant, but for
    those within a tag."""
    return _TAG_OR_LINE_END.sub(lambda found: found[0] if found[0] != "\n" else "<br>\n", text)


def parse(text: str) -> etree._Element:
    """The tree of a page's text, without comments. Rejected: empty, too_deep."""
    data = text.replace("\0", "").encode("utf-8", errors="replace")
    for huge in (False, True):
        parser = etree.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=huge
        )
        root = etree.fromstring(data, parser)
        if root is None:
            raise Rejected("empty")
        last = parser.error_log.last_error
        if last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            return root
    raise Rejected("too_deep")


def _identity(root: etree._Element) -> list[RawBlock]:
    """The page's title and what its content system says of the article, as first paragraphs."""
    lines: list[RawBlock] = []
    for element in root.iter("title", "meta"):
        name, content = element.get("name"), element.get("content")
        if element.tag == "title":
            lines.append(Line(tidy(element.text or ""), "title"))
        elif name in _META and content:
            lines.append(Line(content, f"meta {name}"))
    return lines


def _walk(root: etree._Element) -> list[RawBlock]:
    """Every visible text of the tree in reading order, tables laid out."""
    page = _Page()
    opening, closing = page.opening(), page.closing()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            handle, text = opening.get(element.tag), element.text
        else:
            handle, text = closing.get(element.tag), element.tail
        if handle is not None and handle(element):
            walk.skip_subtree()
        elif text:
            page.take(text)
    return page.finish()


@dataclass(frozen=True, slots=True)
class _Table:
    """An open table: the flow around it, what stands loose in it (its caption, text between cells), its rows."""

    around: Flow
    loose: Flow
    rows: Rows


_Handler = Callable[[etree._Element], bool | None]
"""What to do at an element; True leaves out what is in it."""


class _Page:
    """The state of the walk: the flow that takes text now, and the tables that are open around it."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.tables: list[_Table] = []
        self.preformatted = 0
        self.count = CellCount()

    def opening(self) -> dict[str, _Handler]:
        """What to do at the start of an element, by its tag."""
        handlers: dict[str, _Handler] = dict.fromkeys(_BREAKING, self._break)
        return handlers | {
            "table": self._open_table,
            "tr": self._open_row,
            "td": self._open_cell,
            "th": self._open_cell,
            "input": self._take_field,
            "pre": self._open_preformatted,
            "sup": self._raise,
            "sub": self._raise,
        }

    def closing(self) -> dict[str, _Handler]:
        """What to do at the end of an element, by its tag."""
        handlers: dict[str, _Handler] = dict.fromkeys(_BREAKING, self._break)
        return handlers | {
            "table": self._close_table,
            "td": self._close_cell,
            "th": self._close_cell,
            "pre": self._close_preformatted,
            "sup": self._lower,
            "sub": self._lower,
        }

    def take(self, text: str) -> None:
        """More text, as the markup has it."""
        if not self.flow.is_open and text.isspace():
            return
        if self.preformatted:
            for number, line in enumerate(text.splitlines()):
                if number:
                    self.flow.end_paragraph()
                self.flow.add(line)
        else:
            self.flow.add(tidy(text))

    def finish(self) -> list[RawBlock]:
        """The blocks of the whole page."""
        self.flow.end_paragraph()
        return self.flow.blocks

    def _take_field(self, element: etree._Element) -> None:
        """What a field of a form shows."""
        if element.get("type", "text").lower() in _SHOWN_FIELDS:
            self.flow.add(element.get("value", ""))

    def _break(self, _element: etree._Element) -> None:
        self.flow.end_paragraph()

    def _open_preformatted(self, _element: etree._Element) -> None:
        self.flow.end_paragraph()
        self.preformatted += 1

    def _close_preformatted(self, _element: etree._Element) -> None:
        self.flow.end_paragraph()
        self.preformatted -= 1

    def _raise(self, element: etree._Element) -> None:
        self.flow.part_digits(element.text)

    def _lower(self, element: etree._Element) -> None:
        self.flow.part_digits(element.tail)

    def _open_table(self, _element: etree._Element) -> None:
        self.flow.end_paragraph()
        loose = Flow()
        self.tables.append(_Table(self.flow, loose, Rows()))
        self.flow = loose

    def _close_table(self, _element: etree._Element) -> None:
        self.flow.end_paragraph()
        table = self.tables.pop()
        self.flow = table.around
        self.flow.blocks += table.loose.blocks
        self.flow.blocks += table.rows.blocks()

    def _open_row(self, element: etree._Element) -> bool:
        if not self.tables:
            return False
        cells = None if self.preformatted else _plain_cells(element)
        self.tables[-1].rows.rows.append(cells or [])
        if cells:
            self.flow.end_paragraph()
            self.count.more(len(cells))
        return cells is not None

    def _open_cell(self, element: etree._Element) -> None:
        self.flow.end_paragraph()
        if not self.tables:
            return
        self.count.more(1)
        rows = self.tables[-1].rows.rows
        if not rows:
            rows.append([])
        self.flow = Flow()
        rows[-1].append(_cell(element, self.flow.blocks))

    def _close_cell(self, _element: etree._Element) -> None:
        self.flow.end_paragraph()
        if self.tables:
            self.flow = self.tables[-1].loose


def _plain_cells(row: etree._Element) -> list[Cell] | None:
    """The cells of a row all of which hold nothing but text and paragraphs of text, as most do; None for any other."""
    if row.text and not row.text.isspace():
        return None
    cells: list[Cell] = []
    for element in row:
        lines = _only_lines(element) if element.tag in _CELLS else None
        if lines is None or (element.tail and not element.tail.isspace()):
            return None
        cells.append(_cell(element, lines))
    return cells


def _only_lines(cell: etree._Element) -> list[RawBlock] | None:
    """The lines of a cell that holds nothing but text and paragraphs of text; None for any other."""
    pieces = [cell.text]
    for child in cell:
        if child.tag not in _BREAKING or len(child):
            return None
        pieces += (child.text, child.tail)
    return [line for piece in pieces if piece and (line := tidy(piece).strip())]


def _cell(element: etree._Element, blocks: list[RawBlock]) -> Cell:
    wide, high = element.get("colspan"), element.get("rowspan")
    return Cell(blocks, _span(wide, 1) if wide else 1, _span(high, MAX_ROWS) if high else 1)


def _span(printed: str, of_zero: int) -> int:
    """A span attribute; nonsense counts as 1, zero as the format means it."""
    digits = _SPAN.match(printed)
    if digits is None:
        return 1
    return int(digits[1]) or of_zero


def tidy(text: str) -> str:
    """White space as a browser shows it; a line end of the markup between ideographs is none."""
    if "\n" in text or "\r" in text:
        text = _WRAPPED.sub("", text)
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return _SPACES.sub(" ", text) if "  " in text else text
