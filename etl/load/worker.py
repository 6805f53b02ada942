"""What runs in each process of a load: some files in, their reports as tables out."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.document import Rejected
from etl.gazetteer.gazetteer import default
from etl.load.limits import MOST_SECONDS, Watch, limited_memory
from etl.load.scan import Offer, printable
from etl.pipeline import stages
from etl.readers.archive import Archive
from etl.report import Report
from etl.warehouse.chunk import Chunk, SourceRow
from etl.warehouse.rows import Offered, batch

_ALLOCATIONS_TO_COLLECT = 100_000
"""The value objects of a report form no cycles: looking for some every 700 allocations takes a tenth of the time."""

_Steps = Generator[None, None, Report]


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read; `known_sha256` and `known_reason` are what the last load with this parser found."""

    offer: Offer
    known_sha256: str | None = None
    known_reason: str | None = None

    def is_known(self, sha256: str | None, reason: str) -> bool:
        """Whether the last load refused the same content for the same reason."""
        return sha256 == self.known_sha256 and reason == self.known_reason


def read_files(tasks: Sequence[Task], seconds: float = MOST_SECONDS) -> Chunk:
    """Read each file by its path, which this machine must see. Files whose content is known are left out."""
    gc.set_threshold(_ALLOCATIONS_TO_COLLECT)
    default()  # what every file needs is not of the one that comes first
    with limited_memory(), Watch(seconds) as watch:
        read = read_in_turns(tasks, watch)
    sources = [source for one in read if (source := one.source()) is not None]
    reports = [Offered(one.task.offer.key, one.report) for one in read if one.report is not None]
    return Chunk(tuple(sources), batch(reports), len(tasks))


def read_in_turns(tasks: Sequence[Task], watch: Watch) -> list[Reading]:
    """All files through a stage before the next one; each file by itself where there is no memory for all."""
    readings = [Reading(task, watch.seconds) for task in tasks]
    waiting = readings
    try:
        while waiting:
            waiting = [one for one in waiting if one.goes_on(watch, alone=len(tasks) == 1)]
        return readings
    except MemoryError:
        if len(tasks) == 1:
            raise
        del readings, waiting  # what was read so far is read again
    return [one for task in tasks for one in read_in_turns([task], watch)]


class Reading:
    """A file under way; at the end it has a report, or the reason why not, or neither when it is as the last load
    found it."""

    __slots__ = ("_left", "_sha256", "_steps", "rejected", "report", "task")

    def __init__(self, task: Task, seconds: float) -> None:
        self.task = task
        self.report: Report | None = None
        self.rejected: Rejected | None = None
        self._sha256: str | None = None
        self._steps: _Steps | None = None
        self._left = seconds

    def goes_on(self, watch: Watch, *, alone: bool) -> bool:
        """Whether there is more to do after this turn: first the file is opened, then it goes through the stages."""
        try:
            if self._steps is None:
                self._steps = self._opened()
                return self._steps is not None
            watch.begin(self._left)
            try:
                next(self._steps)
            finally:
                self._left -= watch.end()
            return True
        except StopIteration as end:
            self.report = end.value
        except Rejected as rejected:
            self.rejected = Rejected(rejected.reason, rejected.detail)  # the one raised holds on to the document
        except MemoryError:
            if not alone:
                raise
            self.rejected = Rejected("too_much_memory")
        self._steps = None
        return False

    def source(self) -> SourceRow | None:
        """The row of the file; None where nothing is new."""
        if self.rejected is not None:
            return _refusal(self.task, self._sha256, self.rejected)
        return _source(self.task.offer, self._sha256, None) if self.report is not None else None

    def _opened(self) -> _Steps | None:
        data = _bytes_of(self.task.offer)
        self._sha256 = hashlib.sha256(data).hexdigest()
        if self._sha256 == self.task.known_sha256 and not self.task.known_reason:
            return None
        return _attributed(stages(Path(printable(self.task.offer.shown)), data, self._sha256))


def _attributed(steps: _Steps) -> _Steps:
    """The steps of a report; Rejected also when it cannot be told whose it is or of which year."""
    report = yield from steps
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
