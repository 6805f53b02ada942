"""What a web page shows: its tree, written out again with every tag closed, read once as a run of texts and tags.

A row whose cells hold nothing but paragraphs of text, as most do, is one piece of that run; whatever else stands in a
table goes tag by tag. Tags that part paragraphs stay in the texts until these are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import pairwise

from lxml import etree

from etl.readers.build import RawBlock
from etl.readers.flow import Cell, CellCount, Flow, Rows
from etl.readers.grid import MAX_ROWS

_INLINE = tuple(
    "span font b strong i em u a big small tt code label abbr acronym bdo bdi cite q ins mark nobr wbr var kbd samp "  # noqa: SIM905
    "dfn time data o:p".split()
)
_BREAKING = (
    "p br div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote section article main header address center hr form "  # noqa: SIM905
    "fieldset figure figcaption caption legend details summary body".split()
)
_LOOKS = ("style", "class", "id", "width", "height", "align", "valign")
_BREAK = re.compile(rf"</?(?:{'|'.join(_BREAKING)})(?= |/|>)[^>]*>")
_ATTRIBUTES = r"(?: [^<>]*+(?<=\"))?"
_OPENED = r"<t[dh](?:>| [^<>]*+(?<=\")>)"
_PLAIN = rf"{_OPENED}(?:<p>[^<]*+</p>|[^<]*+)</t[dh]>"
_OTHER = rf"<t[dh]{_ATTRIBUTES}(?:>[^<]*+(?:<(?:p>|/p>|br/>|/?div>)[^<]*+)*</t[dh]>|/>)"
_CELL = rf"(?:{_PLAIN}|(?!{_PLAIN}){_OTHER})"  # one way only to match a cell: with two, cut rows would take for ever
_ROWS = rf"(?:<tr{_ATTRIBUTES}>\s*+(?:{_CELL}\s*+)+</tr>\s*+)+|<tr{_ATTRIBUTES}>\s*+</tr>"
_PIECE = re.compile(rf"([^<]*+(?:{_BREAK.pattern}[^<]*+)*)(?:({_ROWS})|<([^>]*)>|\Z)")
_ATTRIBUTE = re.compile(r'([^ =]+)="([^"]*)"')
_SHOWN_FIELDS = ("text", "number")
_SPAN = re.compile(r"\s*(\d{1,6})", re.ASCII)
_BLANKS = "\t\n\r\f"
_SPACES = re.compile("  +")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u201c\u201d\u2014\u2026"
_WRAPPED = re.compile(
    f"[ \\t\\r\\n](?<=[{_CJK}].)(?:(?<=[\\r\\n])|[ \\t]*[\\r\\n])[ \\t\\r\\n]*(?=[{_CJK}])", re.DOTALL
)
_SHORT = 800


def shown(root: etree._Element) -> list[RawBlock]:
    """Every text of the tree in reading order, tables laid out. Rejected: too_large."""
    etree.strip_tags(root, *_INLINE)
    etree.strip_attributes(root, *_LOOKS)
    markup = etree.tostring(root, encoding="unicode").replace("&#13;", "\r").replace("&#xFFFD;", "")
    page = _Page()
    for (text, rows, tag), (following, _, _) in pairwise(_PIECE.findall(markup)):
        if text:
            page.take(text)
        if tag:
            page.take_tag(tag, following)
        else:
            page.take_rows(rows)
    return page.finish()


def tidy(text: str) -> str:
    """White space as a browser shows it; a line end of the markup between ideographs is none."""
    if "\n" in text or "\r" in text:
        text = _WRAPPED.sub("", text)
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return _SPACES.sub(" ", text) if "  " in text else text


def _lines(markup: str) -> str:
    """A text in which tags part paragraphs, one a line."""
    text = _BREAK.sub("\n", tidy(markup))
    return unescape(text) if "&" in text else text


@dataclass(frozen=True, slots=True)
class _Table:
    """An open table: the flow around it, what stands loose in it (its caption, text between cells), its rows."""

    around: Flow
    loose: Flow
    rows: Rows


class _Page:
    """The flow that takes text now, and the tables that are open around it."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.tables: list[_Table] = []
        self.count = CellCount()
        self.preformatted = 0

    def take(self, text: str) -> None:
        """More text, with the tags that part its paragraphs."""
        if self.preformatted:
            self.flow.take(unescape(_BREAK.sub("\n", "\n".join(text.splitlines()))))
        elif not text.isspace() or self.flow.is_open:
            self.flow.take(_lines(text))

    def take_rows(self, markup: str) -> None:
        """Rows whose cells hold nothing but paragraphs of text."""
        markup = markup.replace("<th", "<td")
        if not self.tables:
            texts = [_attributes_and_text(cell)[1] for cell in markup.split("<td")[1:]]
            self.take("".join([f"<p>{text}</p>" for text in texts]))
            return
        self.tables[-1].rows.rows += [
            list(map(_known_cell if len(row) < _SHORT else _cell_of, row.split("<td")[1:]))
            for row in markup.split("</tr>")[:-1]
        ]
        cells = markup.count("<td")
        if cells:
            self.flow.end_paragraph()
            self.count.more(cells)

    def take_tag(self, tag: str, following: str) -> None:
        """A tag outside of such rows, and the text behind it; one that closes itself is two."""
        name, _, attributes = tag.removesuffix("/").partition(" ")
        if name in _HANDLERS:
            _HANDLERS[name](self, attributes, following)
            if tag.endswith("/") and f"/{name}" in _HANDLERS:
                _HANDLERS[f"/{name}"](self, "", following)

    def finish(self) -> list[RawBlock]:
        """The blocks of the whole page."""
        self.flow.end_paragraph()
        return self.flow.blocks

    def take_field(self, attributes: str, _following: str) -> None:
        """What a field of a form shows."""
        field = dict(_ATTRIBUTE.findall(attributes))
        if field.get("type", "text").lower() in _SHOWN_FIELDS:
            self.flow.add(unescape(field.get("value", "")))

    def open_preformatted(self, _attributes: str, _following: str) -> None:
        """Begin what keeps its spaces and line ends."""
        self.flow.end_paragraph()
        self.preformatted += 1

    def close_preformatted(self, _attributes: str, _following: str) -> None:
        """End what keeps its spaces and line ends."""
        self.flow.end_paragraph()
        self.preformatted -= 1

    def part_digits(self, _attributes: str, following: str) -> None:
        """Keep a raised or lowered figure from the number beside it."""
        self.flow.part_digits(following)

    def open_table(self, _attributes: str, _following: str) -> None:
        """Begin a table; what comes before its first cell stands loose in it."""
        self.flow.end_paragraph()
        loose = Flow()
        self.tables.append(_Table(self.flow, loose, Rows()))
        self.flow = loose

    def close_table(self, _attributes: str, _following: str) -> None:
        """End a table: what stands loose in it comes before its rows."""
        self.flow.end_paragraph()
        table = self.tables.pop()
        self.flow = table.around
        self.flow.blocks += table.loose.blocks
        self.flow.blocks += table.rows.blocks()

    def open_row(self, _attributes: str, _following: str) -> None:
        """Begin a row."""
        if self.tables:
            self.tables[-1].rows.rows.append([])

    def open_cell(self, attributes: str, _following: str) -> None:
        """Begin a cell; outside of tables it is a paragraph."""
        self.flow.end_paragraph()
        if not self.tables:
            return
        self.count.more(1)
        rows = self.tables[-1].rows.rows
        if not rows:
            rows.append([])
        self.flow = Flow()
        rows[-1].append(Cell(self.flow.blocks, *_spans(attributes)))

    def close_cell(self, _attributes: str, _following: str) -> None:
        """End a cell."""
        self.flow.end_paragraph()
        if self.tables:
            self.flow = self.tables[-1].loose


_HANDLERS: dict[str, Callable[[_Page, str, str], None]] = {
    "table": _Page.open_table,
    "/table": _Page.close_table,
    "tr": _Page.open_row,
    "td": _Page.open_cell,
    "/td": _Page.close_cell,
    "th": _Page.open_cell,
    "/th": _Page.close_cell,
    "pre": _Page.open_preformatted,
    "/pre": _Page.close_preformatted,
    "input": _Page.take_field,
    "sup": _Page.part_digits,
    "/sup": _Page.part_digits,
    "sub": _Page.part_digits,
    "/sub": _Page.part_digits,
}
"""What to do at a tag, with its attributes and the text behind it."""


def _attributes_and_text(cell: str) -> tuple[str, str]:
    """Of a cell's markup behind the name of its tag, which may close itself."""
    attributes, _, text = cell.partition(">")
    return attributes, text.partition("</t")[0]


def _cell_of(markup: str) -> Cell:
    """A cell that holds nothing but paragraphs of text."""
    attributes, text = _attributes_and_text(markup)
    lines = [line.strip() for line in _lines(text).split("\n")]
    cell = Cell([line for line in lines if line], *_spans(attributes))
    cell.settle()
    return cell


_known_cell = lru_cache(maxsize=4096)(_cell_of)
"""Labels of the form and small numbers come back in every report; long rows hold other texts."""


def _spans(attributes: str) -> tuple[int, int]:
    """Over how many columns and rows a cell reaches."""
    if not attributes:
        return 1, 1
    spans = dict(_ATTRIBUTE.findall(attributes))
    return _span(spans.get("colspan", "1"), 1), _span(spans.get("rowspan", "1"), MAX_ROWS)


def _span(printed: str, of_zero: int) -> int:
    """A span attribute; nonsense counts as 1, zero as the format means it."""
    digits = _SPAN.match(printed)
    if digits is None:
        return 1
    return int(digits[1]) or of_zero
