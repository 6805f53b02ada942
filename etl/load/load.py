"""One load: which files are new or changed, have them read, have the warehouse written, tell what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from etl.load.executors import Place, local, read_all
from etl.load.scan import Offer, scan
from etl.load.version import parser_version
from etl.load.worker import Task
from etl.warehouse.chunk import Chunk
from etl.warehouse.known import Known, held
from etl.warehouse.store import load_lock
from etl.warehouse.warehouse import build, dictionary_version

Progress = Callable[[int, int], None]
"""Called with the number of files done and of files in all."""

NOT_COUNTED = ("conflict", "duplicate", "rejected")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `reason` and `detail` with `rejected`; `report_id` where a report was read."""

    shown: str
    outcome: str
    reason: str | None = None
    detail: str | None = None
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """The end of a load. `build` is the new warehouse file, None when nothing had changed."""

    outcomes: tuple[Outcome, ...]
    build: Path | None

    def counts(self) -> Counter[str]:
        """Number of files by outcome."""
        return Counter(outcome.outcome for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Options:
    """How to load: into which folder, read where, telling whom how far it is."""

    folder: Path
    place: Place = field(default_factory=lambda: local(1))
    progress: Progress = lambda _done, _all: None


def load(paths: Sequence[Path], options: Options) -> Loaded:
    """Load files and folders. Repeating it changes nothing; what was read of files that are gone stays.

    A warehouse that another version built is built anew from these files and its own.
    FileNotFoundError when a path does not exist. LoadRunningError while another load holds the folder,
    DamagedWarehouseError and OtherStructureError when the old warehouse is of no use; the old data stay in each case.
    """
    with load_lock(options.folder):
        before = held(options.folder)
        offers = scan([*paths, *before.to_reread])
        tasks = [_task(offer, before.files.get(offer.key)) for offer in offers if not _is_done(offer, before.files)]
        read: set[str] = set()
        chunks = _told(read_all(tasks, options.place), options.progress, len(tasks), read)
        first = next((chunk for chunk in chunks if chunk.sources), None)
        if first is None and (not before.files or before.dictionary == dictionary_version()):
            return Loaded(tuple(_outcome(offer, before.files, read) for offer in offers), None)
        everything = chain([first] if first else [], chunks)
        built = build(options.folder, everything, parser_version(), carry_over=before.carried)
        files = held(options.folder).files
    return Loaded(tuple(_outcome(offer, files, read) for offer in offers), built)


def _is_done(offer: Offer, known: dict[str, Known]) -> bool:
    return offer.ignored or (offer.key in known and known[offer.key].is_still(offer))


def _task(offer: Offer, known: Known | None) -> Task:
    if known is None or known.parser_version != parser_version():
        return Task(offer)
    return Task(offer, known.sha256, known.reason)


def _told(chunks: Iterable[Chunk], progress: Progress, files: int, read: set[str]) -> Iterator[Chunk]:
    """The chunks, noting the paths that were read and telling how far the load is."""
    progress(0, files)
    done = 0
    for chunk in chunks:
        read.update(source.path for source in chunk.sources)
        done += chunk.files
        progress(done, files)
        yield chunk


def _outcome(offer: Offer, known: dict[str, Known], read: set[str]) -> Outcome:
    if offer.ignored:
        return Outcome(offer.shown, "ignored")
    row = known[offer.key]
    is_old = offer.key not in read and row.outcome not in NOT_COUNTED
    return Outcome(offer.shown, "unchanged" if is_old else row.outcome, row.reason, row.detail, row.report_id)
