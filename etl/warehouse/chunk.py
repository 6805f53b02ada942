"""What a worker hands over to be written. It stands alone so that a worker need not load the database to say it."""

from __future__ import annotations

from dataclasses import dataclass

from etl.warehouse.rows import Batch


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A file that a load read. `path` is absolute; `outcome` is `read` or `rejected`, the latter with its reason."""

    path: str
    shown_path: str
    sha256: str | None
    bytes: int | None
    modified_ns: int | None
    outcome: str
    reason: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a worker hands over: reports as tables, and the files they are of; `files` counts unchanged ones too."""

    sources: tuple[SourceRow, ...]
    batch: Batch
    files: int
