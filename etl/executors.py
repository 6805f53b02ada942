"""Where the files of a load are read: in this process, in several of this machine, or on a cluster.

All three are a `concurrent.futures` executor with the same function, so a load does not know which it has. Results come
back in the order of the files, with a bounded number under way: memory does not grow with the folder.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import islice

from etl.version import parser_version
from etl.warehouse import Chunk
from etl.worker import Task, read_files, refuse

CHUNK_FILES = 25
CHUNK_BYTES = 8 * 2**20
_UNDER_WAY_PER_JOB = 3

Portion = Sequence[Task]


class OtherVersionError(RuntimeError):
    """A worker of the cluster has another version of the parser."""


@dataclass(frozen=True, slots=True)
class Place:
    """Opens an executor of `jobs` workers; `broken` are the exceptions that say that a worker died over a task."""

    open: Callable[[], AbstractContextManager[Executor]]
    jobs: int
    broken: tuple[type[Exception], ...] = (BrokenExecutor,)


class _Here(Executor):
    """Runs a task when it is submitted: a handful of files is read before a process has started."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _pool(jobs: int) -> Executor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))


def local(jobs: int) -> Place:
    """Processes of this machine; with one job, this process itself."""
    return Place(lambda: _pool(jobs) if jobs > 1 else _Here(), jobs)


def cluster(address: str) -> Place:
    """Workers of a running Dask cluster, which must see the files under the same paths.

    ModuleNotFoundError without the extra `cluster`; OtherVersionError when opened and a worker has another parser.
    """
    distributed = import_module("distributed")
    with distributed.Client(address) as client:
        jobs = sum(client.nthreads().values())

    @contextmanager
    def opened() -> Iterator[Executor]:
        with distributed.Client(address) as client:
            versions = client.run(parser_version)
            others = sorted(worker for worker, version in versions.items() if version != parser_version())
            if others:
                raise OtherVersionError(", ".join(others))
            yield client.get_executor()

    return Place(opened, max(jobs, 1), (BrokenExecutor, distributed.KilledWorker))


def portions(tasks: Iterable[Task]) -> Iterator[Portion]:
    """Tasks in portions of so many files or bytes, whichever comes first."""
    held: list[Task] = []
    size = 0
    for task in tasks:
        held.append(task)
        size += task.offer.bytes
        if len(held) >= CHUNK_FILES or size >= CHUNK_BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def read_all(tasks: Iterable[Task], place: Place) -> Iterator[Chunk]:
    """The chunks of all files, in order. A file that kills its process is refused as `crashed`, it alone."""
    waiting = portions(tasks)
    while True:
        with place.open() as executor:
            suspects = yield from _until_broken(executor, waiting, place)
        if not suspects:
            return
        for portion in suspects:
            yield from _isolate(portion)


def _until_broken(
    executor: Executor, waiting: Iterator[Portion], place: Place
) -> Generator[Chunk, None, list[Portion]]:
    """Chunks as they come; returns the portions that were under way when a worker died."""
    held: deque[Portion] = deque()
    futures: deque[Future[Chunk]] = deque()
    try:
        while True:
            for portion in islice(waiting, place.jobs * _UNDER_WAY_PER_JOB - len(held)):
                held.append(portion)
                futures.append(executor.submit(read_files, portion))
            if not held:
                return []
            chunk = futures.popleft().result()
            held.popleft()
            yield chunk
    except place.broken:
        return list(held)


def _isolate(portion: Portion) -> Iterator[Chunk]:
    """Read a portion in a process of its own; halve it as long as that process dies."""
    try:
        with _pool(1) as executor:
            chunk = executor.submit(read_files, portion).result()
    except BrokenExecutor:
        if len(portion) == 1:
            yield refuse(portion[0], "crashed")
            return
        middle = len(portion) // 2
        yield from _isolate(portion[:middle])
        yield from _isolate(portion[middle:])
    else:
        yield chunk
