"""Word files: the report with merged cells, tables in a frame or inside a layout table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from importlib import import_module
from io import BytesIO
from random import Random
from typing import Any

from etl.sample.draft import Draft
from etl.sample.grid import Grid, broken, grid_of, placed
from etl.sample.layouts import fill
from etl.sample.prose import Kind
from etl.sample.tables_as_text import parts, slot, width_of

LONG_TABLE = 12
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)


@dataclass(frozen=True, slots=True)
class WordLayout:
    """A way of writing a report as a Word file: where its tables stand."""

    name: str
    holder: str
    breaks: bool = False


WORD_LAYOUTS = (
    WordLayout("merged", "body", breaks=True),
    WordLayout("text-box", "box"),
    WordLayout("nested", "cell"),
)


def _paragraph(text: str, kind: Kind = Kind.TEXT) -> str:
    side = {Kind.TITLE: '<w:jc w:val="center"/>', Kind.SIGNATURE: '<w:jc w:val="right"/>'}.get(kind, "")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p><w:pPr>{side}</w:pPr><w:r>{inside}</w:r></w:p>"


def _table(grid: Grid) -> str:
    """The grid as Word writes it: horizontal merges as spans, vertical ones as cells that continue."""
    rows: list[dict[int, str]] = [{} for _ in grid]
    for item in placed(grid):
        span = f'<w:gridSpan w:val="{item.box.colspan}"/>' if item.box.colspan > 1 else ""
        for row in range(item.row, item.row + item.box.rowspan):
            begins = row == item.row
            merge = ('<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>") if item.box.rowspan > 1 else ""
            text = _SLOT_PARAGRAPH.format(slot(item.box)) if item.box.key else _paragraph(item.box.text)
            inside = text if begins else "<w:p/>"
            rows[row][item.column] = f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inside}</w:tc>"
    body = "".join("<w:tr>" + "".join(cells for _, cells in sorted(row.items())) + "</w:tr>" for row in rows)
    columns = '<w:gridCol w:w="900"/>' * width_of(grid)
    return f"<w:tbl><w:tblPr>{_BORDERS}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


_SLOT_PARAGRAPH = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)


@lru_cache(maxsize=600)
def _template(layout: WordLayout, version: str, table_no: int, variant: int) -> tuple[str, ...]:
    grid = grid_of(version, table_no, variant, ("", "\n"))
    rng = Random(f"{layout.name}/{table_no}/{variant}")
    cut = layout.breaks and len(grid) > LONG_TABLE and rng.random() < 0.5
    grids = broken(grid, rng.randint(6, len(grid) - 3)) if cut else (grid,)
    return tuple(parts("<w:p/>".join(_HOLDERS[layout.holder](_table(one)) for one in grids)))


def _in_box(table: str) -> str:
    """The table in a text box, written twice as Word does: for itself and for older readers."""
    inside = f"<w:txbxContent>{table}<w:p/></w:txbxContent>"
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="5600000" cy="3600000"/><wp:docPr id="1" name="box"/><a:graphic>'
        f'<a:graphicData uri="{uri}"><wps:wsp><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
    old = f'<w:pict><v:shape style="width:440pt;height:300pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    choice = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:p><w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r></w:p>"


def _in_cell(table: str) -> str:
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
    return f"<w:tbl>{grid}<w:tr><w:tc><w:tcPr/>{table}<w:p/></w:tc></w:tr></w:tbl>"


_HOLDERS = {"body": lambda table: table, "box": _in_box, "cell": _in_cell}


@cache
def _blank() -> bytes:
    saved = BytesIO()
    import_module("docx").Document().save(saved)
    return saved.getvalue()


def render_word(draft: Draft, layout: WordLayout) -> bytes:
    """The bytes of the file."""
    texts = {key: escape(text) for key, text in draft.printed.texts.items()}
    pieces = [
        fill(_template(layout, draft.form.version, int(piece.text), draft.variant), texts)
        if piece.kind is Kind.TABLE
        else _paragraph(piece.text, piece.kind)
        for piece in draft.prose.pieces
    ]
    document: Any = import_module("docx").Document(BytesIO(_blank()))
    body = document.element.body
    for element in import_module("docx.oxml").parse_xml(f"<w:body {SPACES}>{''.join(pieces)}</w:body>"):
        body.insert(len(body) - 1, element)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()
