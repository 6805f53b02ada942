"""Limits of time and memory for one file, so that a single one cannot hold up or break a load."""

from __future__ import annotations

import atexit
import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

from etl.document import Rejected

MOST_SECONDS = 60.0
MOST_MEMORY = 2**30
"""Bytes that reading some files together may add to what the process holds."""

_GRACE = 5.0
_LEAST = 0.001
"""A timer of 0 would never ring."""
_STATM = Path("/proc/self/statm")
_nowhere: int | None = None
"""The null device, open in a process that is expendable."""


def be_expendable() -> None:
    """Say that this process may be ended over a file that neither time nor signals get it away from.

    A worker of a pool is: the load goes on without it and refuses that file. It ends with the load that started it,
    also when that is killed. The process of the load itself is not expendable.
    """
    global _nowhere  # noqa: PLW0603 - true of the process, not of a caller
    _nowhere = os.open(os.devnull, os.O_WRONLY)
    atexit.register(os._exit, 0)  # what it holds would be freed piece by piece: a tenth of a second
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def limited(seconds: float = MOST_SECONDS, memory: int = MOST_MEMORY) -> Iterator[None]:
    """Both limits, for one file by itself."""
    with limited_memory(memory), limited_time(seconds):
        yield


class Watch:
    """Watches files that take turns at being read: each may take so many seconds in all.

    Time is watched in the main thread of a system with interval timers, and in every expendable process, which ends
    when a turn hangs in a library. Elsewhere there is no limit.
    """

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self.seconds = seconds
        self._rings = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        self._on_a_turn = False
        self._begun = self._deadline = 0.0
        self._armed: float | None = None

    def __enter__(self) -> Watch:
        if self._rings:
            self._before = signal.signal(signal.SIGALRM, self._ring)
        return self

    def __exit__(self, *_: object) -> None:
        if self._rings:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)
        if self._armed is not None:
            faulthandler.cancel_dump_traceback_later()

    def begin(self, left: float) -> None:
        """A file's turn begins; Rejected `too_slow` is raised in it when it takes longer than the file has left."""
        self._begun = time.monotonic()
        if _nowhere is not None and (self._armed is None or self._begun > self._armed + _GRACE):
            self._armed = self._begun
            faulthandler.dump_traceback_later(self.seconds + 2 * _GRACE, exit=True, file=_nowhere)
        self._deadline = self._begun + left
        self._on_a_turn = True
        if self._rings:
            signal.setitimer(signal.ITIMER_REAL, max(left, _LEAST))

    def end(self) -> float:
        """The turn is over; how many seconds it took."""
        self._on_a_turn = False
        return time.monotonic() - self._begun

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if not self._on_a_turn:
            return
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise Rejected("too_slow", f"{self.seconds:g} s")
        signal.setitimer(signal.ITIMER_REAL, max(left, _LEAST))  # the timer was that of the file before


@contextmanager
def limited_time(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Rejected `too_slow` when the block takes longer, where time is watched."""
    with Watch(seconds) as watch:
        watch.begin(seconds)
        try:
            yield
        finally:
            watch.end()


if sys.platform == "linux":
    import resource

    _PAGE = resource.getpagesize()

    @contextmanager
    def limited_memory(memory: int = MOST_MEMORY) -> Iterator[None]:
        """MemoryError when the block asks for more. The limit is on address space: what the block adds to it stays a
        limit whatever the libraries took before. Elsewhere than on Linux there is none."""
        before, hard = resource.getrlimit(resource.RLIMIT_AS)
        held = int(_STATM.read_bytes().split()[0]) * _PAGE
        wanted = held + memory
        known = [limit for limit in (before, hard, wanted) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (before, hard))

else:

    @contextmanager
    def limited_memory(memory: int = MOST_MEMORY) -> Iterator[None]:  # noqa: ARG001 - the same on every system
        """No limit: memory is watched on Linux."""
        yield
