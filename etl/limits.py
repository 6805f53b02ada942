"""A limit of time for one file, so that a single one cannot hold up a load."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from etl.document import Rejected

MOST_SECONDS = 60.0


@contextmanager
def time_limit(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Rejected `too_slow` when the block takes longer.

    Works where a process can be interrupted: in the main thread of a system with interval timers. Elsewhere (Windows,
    threads of a cluster's worker) there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _too_slow)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _too_slow(_number: int, _frame: FrameType | None) -> None:
    raise Rejected("too_slow", f"{MOST_SECONDS:g} s")
