"""Small made-up files in the formats that readers take, built by hand so that a test shows what is in them."""

from __future__ import annotations

import io
import zipfile

from etl.document import Document, Paragraph, Table

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[list[list[str]]]:
    """Texts of every table."""
    found = [block for block in document.blocks if isinstance(block, Table)]
    return [[list(row.texts) for row in table.rows] for table in found]


def zipped(members: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in members.items():
            container.writestr(name, content)
    return buffer.getvalue()


def word(body: str, parts: dict[str, bytes | str] | None = None) -> bytes:
    """A Word file with this body; `parts` are further members, such as `word/numbering.xml`."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(parts or {})})


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    inside = "".join(part if part.startswith("<") else run(part) for part in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def cell(*texts: str, properties: str = "") -> str:
    inside = "".join(text if text.startswith("<") else paragraph(text) for text in texts) or paragraph()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def printed_pdf(content: str, *, width: int = 595, height: int = 842, turned: int = 0) -> bytes:
    """A one-page PDF with this content stream; text in the standard font F1, so ASCII only."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Rotate {turned}/Contents 4 0 R"
        f"/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    ]
    return assembled(objects)


def assembled(objects: list[str]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    data, starts = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, start=1):
        starts.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table_at = len(data)
    entries = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(objects) + 1
    data += f"xref\n0 {size}\n0000000000 65535 f \n{entries}trailer\n<</Size {size}/Root 1 0 R>>\n".encode("latin-1")
    return data + f"startxref\n{table_at}\n%%EOF\n".encode("latin-1")


def at(x: float, y: float, text: str, size: float = 10) -> str:
    """Text at a place of the page, counted from its lower left."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked rule."""
    return f"{x0} {y0} m {x1} {y1} l S\n"


def ruled(xs: list[float], ys: list[float]) -> str:
    """A full grid of rules."""
    upright = "".join(line(x, ys[0], x, ys[-1]) for x in xs)
    return upright + "".join(line(xs[0], y, xs[-1], y) for y in ys)
