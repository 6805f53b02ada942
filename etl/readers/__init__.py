"""From a file's bytes to one Document; `READERS` names the module for each ending."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from etl.document import Document, Rejected
from etl.readers import text

READERS: dict[str, Callable[[str, bytes], Document]] = {
    ".txt": text.read,
    ".md": text.read,
}


def read(path: Path, data: bytes) -> Document:
    """The Document of a file by its ending. Rejected: unsupported ending, or what the reader says."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Rejected("unsupported", path.suffix)
    return reader(str(path), data)
