"""From a file's bytes to one Document; `READERS` names the module for each ending."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from etl.document import Document, Rejected

READERS = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".doc": "office",
    ".wps": "office",
}


def read(path: Path, data: bytes) -> Document:
    """The Document of a file by its ending. Rejected: unsupported ending, or what the reader says.

    A format's library is loaded when its first file comes, since some take longer than a hundred text files.
    """
    name = READERS.get(path.suffix.lower())
    if name is None:
        raise Rejected("unsupported", path.suffix)
    document: Document = import_module(f"etl.readers.{name}").read(str(path), data)
    return document
