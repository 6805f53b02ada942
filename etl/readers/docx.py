"""Word files, read from their XML: merged cells, nested tables, text boxes, tracked changes, printed numbering."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from lxml import etree

from etl.document import Document, Rejected
from etl.readers.build import RawBlock, build
from etl.readers.flow import Cell, CellCount, Flow, Rows
from etl.readers.numbering import VAL, Numbering, W, child, value_of
from etl.readers.zips import Container

DAMAGED = "damaged_docx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
_SYMBOL = re.compile("(?![dD][89A-Fa-f])[0-9A-Fa-f]{4}")
_OFF = ("0", "false", "off")
_UNPRINTED = (f"{W}del", f"{W}moveFrom")
_CONCEALING = (f"{W}vanish", f"{W}strike", f"{W}dstrike")


def read(source: str, data: bytes) -> Document:
    """The Document of a Word file. Rejected: encrypted, zip_limits, damaged_docx, too_large, empty."""
    if data.startswith(_OLE):
        raise Rejected("encrypted")
    container = Container(data, DAMAGED)
    folder, main = _main_part(container)
    root = _xml(container.read(main))
    etree.strip_elements(root, *_UNPRINTED, with_tail=False)
    _drop_concealed(root)
    return build(source, _Walk(root, _Parts(container, folder)).blocks(), "docx")


def _main_part(container: Container) -> tuple[str, str]:
    """Folder and name of the part that holds the text."""
    name = "word/document.xml"
    relations = container.find("_rels/.rels")
    if name not in container.members and relations is not None:
        for relation in _xml(relations).iter(_RELATED):
            if relation.get("Type", "").endswith("/officeDocument"):
                name = relation.get("Target", "").lstrip("/")
    folder, slash, _ = name.rpartition("/")
    return folder + slash, name


def _optional(container: Container, name: str) -> etree._Element | None:
    data = container.find(name)
    return None if data is None else _xml(data)


def _xml(data: bytes) -> etree._Element:
    """A part's tree. No part of an office file has a document type; one that has is refused with its entities."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Rejected(DAMAGED, "DOCTYPE")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Rejected(DAMAGED, str(fault)) from fault
    return root


def _drop_concealed(root: etree._Element) -> None:
    """Empty the runs that are hidden or struck out."""
    for mark in list(root.iter(*_CONCEALING)):
        properties = mark.getparent()
        run = None if properties is None else properties.getparent()
        if run is not None and run.tag == f"{W}r" and mark.get(VAL) not in _OFF:
            del run[:]


class _Styles:
    """What paragraph styles say of numbering, and which of them make a table of contents."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = {} if root is None else {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}

    def contents(self, key: str) -> bool:
        """Whether the style is that of a line in a table of contents."""
        style = self._styles.get(key)
        return style is not None and value_of(style, f"{W}name").lower().startswith("toc ")

    def numbering(self, key: str) -> tuple[str, str]:
        """List and level that the style, or one it is based on, gives its paragraphs; "" where it says nothing."""
        for _ in range(10):
            style = self._styles.get(key)
            if style is None:
                break
            number = value_of(style, f"{W}pPr", f"{W}numPr", f"{W}numId")
            if number:
                return number, value_of(style, f"{W}pPr", f"{W}numPr", f"{W}ilvl")
            key = value_of(style, f"{W}basedOn")
        return "", ""


class _Parts:
    """The parts beside the text, read when a paragraph first needs them: styles may be ten times as long as it."""

    def __init__(self, container: Container, folder: str) -> None:
        self._container, self._folder = container, folder

    @cached_property
    def numbering(self) -> Numbering:
        """The lists of the file."""
        return Numbering(_optional(self._container, f"{self._folder}numbering.xml"))

    @cached_property
    def styles(self) -> _Styles:
        """The styles of the file."""
        return _Styles(_optional(self._container, f"{self._folder}styles.xml"))


class _Frame:
    """A body, a text box or a cell being read: its text, and what stands in boxes beside the open paragraph."""

    __slots__ = ("beside", "flow", "label")

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.beside: list[RawBlock] = []
        self.label = ""


class _Walk:
    """One pass over the elements that print something."""

    def __init__(self, root: etree._Element, parts: _Parts) -> None:
        self._root, self._parts = root, parts
        self._frames = [_Frame(Flow())]
        self._tables: list[_OpenTable] = []
        self._count = CellCount()

    def blocks(self) -> list[RawBlock]:
        """Everything printed, in reading order."""
        starts, ends = self._starts(), self._ends()  # held by the walker they would keep it, and the tree, in memory
        walk = etree.iterwalk(self._root, events=("start", "end"), tag=tuple(starts))
        for event, element in walk:
            if event == "end":
                end = ends.get(element.tag)
                if end is not None:
                    end()
            elif starts[element.tag](element):
                walk.skip_subtree()
        return self._frames[0].flow.blocks

    def _starts(self) -> dict[str, Callable[[etree._Element], bool | None]]:
        """What to do at the start of an element; True leaves out what is in it."""
        return {
            f"{W}p": self._start_paragraph,
            f"{W}t": self._text,
            f"{W}tab": lambda _element: self._add("\t"),
            f"{W}br": lambda _element: self._frames[-1].flow.end_paragraph(),
            f"{W}cr": lambda _element: self._frames[-1].flow.end_paragraph(),
            f"{W}noBreakHyphen": lambda _element: self._add("-"),
            f"{W}sym": self._symbol,
            f"{W}vertAlign": self._raised,
            f"{W}tbl": lambda _element: self._tables.append(_OpenTable()),
            f"{W}tr": lambda element: self._tables[-1].start_row(element) if self._tables else None,
            f"{W}tc": self._start_cell,
            f"{W}txbxContent": lambda _element: self._frames.append(_Frame(Flow())),
            f"{W}sdt": self._is_contents,
            f"{_MC}Fallback": self._has_choice,
        }

    def _ends(self) -> dict[str, Callable[[], None]]:
        """What to do at the end of an element."""
        return {
            f"{W}p": self._end_paragraph,
            f"{W}tbl": self._end_table,
            f"{W}tc": self._end_cell,
            f"{W}txbxContent": self._end_box,
        }

    def _add(self, text: str) -> None:
        frame = self._frames[-1]
        if frame.label:
            frame.flow.add(frame.label)
            frame.label = ""
        frame.flow.add(text)

    def _text(self, element: etree._Element) -> None:
        if element.text:
            self._add(element.text)

    def _symbol(self, element: etree._Element) -> None:
        code = element.get(f"{W}char", "")
        self._add(chr(int(code, 16)) if _SYMBOL.fullmatch(code) else "\ufffd")

    def _raised(self, element: etree._Element) -> None:
        run = element.getparent().getparent()  # type: ignore[union-attr]
        text = None if run is None else run.find(f"{W}t")
        if text is not None and element.get(VAL) in ("superscript", "subscript"):
            self._frames[-1].flow.part_digits(text.text)

    def _is_contents(self, element: etree._Element) -> bool:
        gallery = value_of(element, f"{W}sdtPr", f"{W}docPartObj", f"{W}docPartGallery")
        return gallery == "Table of Contents"

    def _has_choice(self, element: etree._Element) -> bool:
        """Of two renderings of one drawing the first is read, unless only the second has text."""
        parent = element.getparent()
        choice = None if parent is None else parent.find(f"{_MC}Choice")
        return choice is not None and (choice.find(f".//{W}t") is not None or element.find(f".//{W}t") is None)

    def _start_paragraph(self, element: etree._Element) -> bool:
        frame = self._frames[-1]
        frame.flow.end_paragraph()
        properties = child(element, f"{W}pPr")
        frame.label = ""
        if properties is None:
            return False
        style = value_of(properties, f"{W}pStyle")
        if style and self._parts.styles.contents(style):
            return True
        number = value_of(properties, f"{W}numPr", f"{W}numId")
        level = value_of(properties, f"{W}numPr", f"{W}ilvl") if number else ""
        if not number and style:
            number, level = self._parts.styles.numbering(style)
        if number:
            frame.label = _spaced(self._parts.numbering.label(number, int(level) if level in tuple("012345678") else 0))
        return False

    def _end_paragraph(self) -> None:
        frame = self._frames[-1]
        frame.flow.end_paragraph()
        frame.flow.blocks += frame.beside
        frame.beside = []

    def _start_cell(self, element: etree._Element) -> None:
        self._count.more(1)
        flow = self._tables[-1].start_cell(element) if self._tables else Flow()
        self._frames.append(_Frame(flow))

    def _end_cell(self) -> None:
        self._end_paragraph()
        self._frames.pop()

    def _end_table(self) -> None:
        flow = self._frames[-1].flow
        flow.end_paragraph()
        flow.blocks += self._tables.pop().rows.blocks()

    def _end_box(self) -> None:
        self._end_paragraph()
        inner = self._frames.pop().flow
        self._frames[-1].beside += inner.blocks


class _OpenTable:
    """A table being read; a cell that goes on with the one above holds nothing."""

    def __init__(self) -> None:
        self.rows = Rows()
        self._column = 0
        self._merged: set[int] = set()

    def start_row(self, element: etree._Element) -> None:
        """Begin a row, at the column its properties say."""
        self._column = 0
        self.rows.rows.append([])
        skipped = _count(value_of(element, f"{W}trPr", f"{W}gridBefore"), 0)
        if skipped:
            self.rows.rows[-1].append(Cell([], skipped))
            self._column = skipped

    def start_cell(self, element: etree._Element) -> Flow:
        """The flow that takes the text of a cell."""
        properties = child(element, f"{W}tcPr")
        width, goes_on = 1, False
        if properties is not None:
            width = _count(value_of(properties, f"{W}gridSpan"), 1)
            goes_on = self._goes_on(properties) or _merge(properties, "hMerge") == "continue"
        self._column += width
        if not self.rows.rows:
            self.rows.rows.append([])
        flow = Flow()
        self.rows.rows[-1].append(Cell([] if goes_on else flow.blocks, width))
        return flow

    def _goes_on(self, properties: etree._Element) -> bool:
        merge = _merge(properties, "vMerge")
        if merge == "continue" and self._column in self._merged:
            return True
        self._merged.discard(self._column)
        if merge:
            self._merged.add(self._column)
        return False


def _merge(properties: etree._Element, name: str) -> str:
    """`restart`, `continue`, or "" for a cell that is not merged that way."""
    found = child(properties, f"{W}{name}")
    return "" if found is None else found.get(VAL, "continue")


def _count(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise


def _spaced(label: str) -> str:
    """A label that ends in a digit or a point must not become part of a number behind it."""
    return f"{label} " if label and (label[-1].isalnum() or label[-1] in ".．") else label
