"""The lines of a document in plain text, as the readers of identity want them."""

from __future__ import annotations

from etl.document import Document
from etl.identity.dates import plain
from etl.value import value


@value
class Line:
    """A line of a document in plain text (see `dates.plain`), never empty."""

    text: str
    place: str
    number: int


def lines_of(document: Document) -> tuple[Line, ...]:
    """The document's lines that hold text; cells of a table row stay parted by tabs."""
    found: list[Line] = []
    for line in document.lines():
        text = _plain_cells(line.text) if "\t" in line.text else plain(line.text)
        if text:
            found.append(Line(text, line.place, len(found)))
    return tuple(found)


def _plain_cells(text: str) -> str:
    return "\t".join([plain(cell) for cell in text.split("\t")]).strip("\t")
