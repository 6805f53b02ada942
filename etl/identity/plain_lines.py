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
    texts = (("\t".join(map(plain, line.text.split("\t"))).strip("\t"), line.place) for line in document.lines())
    return tuple(Line(text, place, number) for number, (text, place) in enumerate(one for one in texts if one[0]))
