"""From a file's bytes to one Document; `READERS` names the module for each kind of content."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from etl.document import Document, Rejected
from etl.readers.sniff import sniff

READERS = {
    ".txt": "text",
    ".html": "html",
    ".mht": "mhtml",
    ".docx": "docx",
    ".pdf": "pdf",
    ".doc": "office",
    ".rtf": "office",
    ".odt": "office",
}
ENDINGS = frozenset((*READERS, ".md", ".htm", ".mhtml", ".wps", ".zip"))
"""What a file may be called; what it is its content tells, for pages are called .doc and archives .html."""


def read(path: Path, data: bytes) -> Document:
    """The Document of a file by its content. Rejected: empty, an ending no reader takes, or what the reader says.

    A format's library is loaded when its first file comes, since some take longer than a hundred text files.
    """
    if not data.strip():
        raise Rejected("empty")
    if path.suffix.lower() not in ENDINGS:
        raise Rejected("unsupported", path.suffix)
    kind = sniff(data)
    if kind not in READERS:
        raise Rejected("unsupported", kind)
    document: Document = import_module(f"etl.readers.{READERS[kind]}").read(str(path), data)
    return document
