"""What runs in each process of a load: some files in, their reports as tables out."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.document import Rejected
from etl.gazetteer.gazetteer import default
from etl.load.limits import limited_memory, limited_time
from etl.load.scan import Offer, printable
from etl.pipeline import read_report
from etl.readers.archive import Archive
from etl.report import Report
from etl.warehouse.chunk import Chunk, SourceRow
from etl.warehouse.rows import Offered, batch

_ALLOCATIONS_TO_COLLECT = 100_000
"""The value objects of a report form no cycles: looking for some every 700 allocations takes a tenth of the time."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read; `known_sha256` and `known_reason` are what the last load with this parser found."""

    offer: Offer
    known_sha256: str | None = None
    known_reason: str | None = None

    def is_known(self, sha256: str | None, reason: str) -> bool:
        """Whether the last load refused the same content for the same reason."""
        return sha256 == self.known_sha256 and reason == self.known_reason


def read_files(tasks: Sequence[Task]) -> Chunk:
    """Read each file by its path, which this machine must see. Files whose content is known are left out."""
    gc.set_threshold(_ALLOCATIONS_TO_COLLECT)
    sources: list[SourceRow] = []
    reports: list[Offered] = []
    default()  # what every file needs is not of the one that comes first
    with limited_memory():
        for task in tasks:
            source, offered = _read_file(task)
            if source is not None:
                sources.append(source)
            if offered is not None:
                reports.append(offered)
    return Chunk(tuple(sources), batch(reports), len(tasks))


def _read_file(task: Task) -> tuple[SourceRow | None, Offered | None]:
    sha256 = None
    try:
        data = _bytes_of(task.offer)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == task.known_sha256 and not task.known_reason:
            return None, None
        report = _report(task.offer, data, sha256)
    except Rejected as rejected:
        return _refusal(task, sha256, rejected), None
    except MemoryError:
        return _refusal(task, sha256, Rejected("too_much_memory")), None
    return _source(task.offer, sha256, None), Offered(task.offer.key, report)


def _report(offer: Offer, data: bytes, sha256: str) -> Report:
    """The report of a file. Rejected also when it cannot be told whose or of which year it is."""
    with limited_time():
        report = read_report(Path(printable(offer.shown)), data, sha256)
    if report.identity.agency is None:
        raise Rejected("no_agency", report.identity.title[:100])
    if report.identity.year is None:
        raise Rejected("no_year", report.identity.title[:100])
    return report


def _bytes_of(offer: Offer) -> bytes:
    if offer.refused:
        raise Rejected(offer.refused)
    try:
        if offer.member:
            return _archive(offer.on_disk, offer.modified_ns).read(offer.member)
        return offer.on_disk.read_bytes()
    except FileNotFoundError as error:
        raise Rejected("not_found") from error
    except OSError as error:
        raise Rejected("not_readable", error.strerror or "") from error


@lru_cache(maxsize=1)
def _archive(path: Path, modified_ns: int) -> Archive:  # noqa: ARG001 - tells a changed archive from the one kept
    """The archive at hand: its files come one after the other, and opening it for each would take for ever."""
    return Archive(path.read_bytes())


def _source(offer: Offer, sha256: str | None, rejected: Rejected | None) -> SourceRow:
    return SourceRow(
        path=offer.key,
        shown_path=printable(offer.shown),
        sha256=sha256,
        bytes=offer.bytes,
        modified_ns=offer.modified_ns,
        outcome="rejected" if rejected else "read",
        reason=rejected.reason if rejected else None,
        detail=rejected.detail if rejected else None,
    )


def _refusal(task: Task, sha256: str | None, rejected: Rejected) -> SourceRow | None:
    return None if task.is_known(sha256, rejected.reason) else _source(task.offer, sha256, rejected)


def refuse(task: Task, rejected: Rejected) -> Chunk:
    """The chunk of a file that was never read to the end."""
    refusal = _refusal(task, None, rejected)
    return Chunk((refusal,) if refusal else (), batch(()), 1)
