"""Where the files of a load are read: in this process, in several of this machine, or on a cluster.

All three are a `concurrent.futures` executor with the same function, so a load does not know which it has. Results come
back in the order of the files, with a bounded number under way: memory does not grow with the folder.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import chain, islice

from etl.document import Rejected
from etl.load.limits import MOST_SECONDS, be_expendable
from etl.load.version import parser_version
from etl.load.worker import Task, read_files, refuse
from etl.warehouse.chunk import Chunk

CHUNK_FILES = 50
CHUNK_BYTES = 8 * 2**20
_PORTIONS_PER_JOB = 4
"""At least so many, lest all wait for the worker that took the last one."""
_UNDER_WAY_PER_JOB = 10

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
    """Runs a task when it is submitted: a handful of files is read before a process has started. What a task raises
    is raised there and then."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _pool(jobs: int) -> Executor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=be_expendable)


def local(jobs: int) -> Place:
    """Processes of this machine; with one job, this process itself."""
    return Place(lambda: _pool(jobs) if jobs > 1 else _Here(), jobs)


def apart(jobs: int) -> Place:
    """Processes of this machine, also for one job: a file can end its reader, not the load."""
    return Place(lambda: _pool(jobs), jobs)


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


def portions(tasks: Sequence[Task], jobs: int) -> Iterator[Portion]:
    """Tasks in portions of so many files or bytes, whichever comes first; of fewer where there are few for a worker."""
    most_files = min(CHUNK_FILES, max(1, len(tasks) // (jobs * _PORTIONS_PER_JOB)))
    held: list[Task] = []
    size = 0
    for task in tasks:
        held.append(task)
        size += task.offer.bytes
        if len(held) >= most_files or size >= CHUNK_BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def read_all(tasks: Sequence[Task], place: Place) -> Iterator[Chunk]:
    """The chunks of all files, in order.

    A file that ends its process, or over which the program itself fails, is refused alone: `crashed`, `too_slow`.
    """
    waiting = portions(tasks, place.jobs)
    while True:
        with place.open() as executor:
            suspects = yield from _until_broken(executor, waiting, place)
        if not suspects:
            return
        yield from _isolate(list(chain.from_iterable(suspects)))


def _until_broken(
    executor: Executor, waiting: Iterator[Portion], place: Place
) -> Generator[Chunk, None, list[Portion]]:
    """Chunks as they come; returns the portions that were under way when a worker died."""
    held: deque[Portion] = deque()
    futures: deque[Future[Chunk]] = deque()
    while True:
        try:
            for portion in islice(waiting, place.jobs * _UNDER_WAY_PER_JOB - len(held)):
                held.append(portion)
                futures.append(executor.submit(read_files, portion))
        except place.broken:
            return list(held)
        if not held:
            return []
        fault = futures[0].exception()
        if isinstance(fault, place.broken):
            return list(held)
        chunk, portion = futures.popleft(), held.popleft()
        if fault is None:
            yield chunk.result()
        else:
            yield from _isolate(portion)


def _isolate(portion: Portion) -> Iterator[Chunk]:
    """Read files one by one in a process of their own, another one after each that breaks it."""
    waiting = deque(portion)
    while waiting:
        with _pool(1) as executor:
            for task in tuple(waiting):
                started = time.monotonic()
                future = executor.submit(read_files, [task])
                fault = future.exception()
                waiting.popleft()
                yield future.result() if fault is None else refuse(task, _why(fault, time.monotonic() - started))
                if isinstance(fault, BrokenExecutor):
                    break


def _why(fault: BaseException, seconds: float) -> Rejected:
    """Why a file is refused that ended its process, or over which the program itself failed."""
    if isinstance(fault, BrokenExecutor):
        return Rejected("too_slow" if seconds > MOST_SECONDS else "crashed")
    return Rejected("crashed", f"{type(fault).__name__}: {fault}")
