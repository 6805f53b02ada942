"""Many visitors of one process who change filters at the same time, and what the addresses for programs take.

The visitors speak to Streamlit's agent interface: it runs the same script in a session of its own as for a
browser, and answers when the run has ended. What a browser takes to draw is in the part on pages.
"""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.server import serving
from bench.table import Row, p50_p95
from etl.warehouse.store import read_current

PAUSE = 5.0
"""Seconds that a visitor looks at a page before the next change, on average."""
CHANGES = 6
_AGENT = ("--server.enableAgentApi", "true", "--server.allowedHosts", "127.0.0.1", "--server.baseUrlPath", "")
_SERVER = Path(__file__).with_name("asked_server.py")
_PATIENCE = 120

View = dict[str, list[str]]
"""Filters as parameters of the URL."""


@dataclass(slots=True)
class Crowd:
    """What the visitors of one run saw."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, seconds: float, page: dict[str, Any]) -> None:
        """One answer: how long it took, and whether it shows an error."""
        with self.lock:
            self.seconds.append(seconds)
            if page.get("status") != "ready" or '"type": "exception"' in json.dumps(page):
                self.errors.append(str(page.get("status")))


def concurrent(folder: Path, count: int, processes: int, reports: int) -> Iterator[Row]:
    """So many sessions, each changing its filters every few seconds, spread over processes as a proxy would.

    First among some views, which the process soon knows; then each to views that nobody has opened before.
    """
    what = f"{count} sessions on {processes} process{'es' * (processes > 1)}"
    common, unseen = (_views(folder, name) for name in ("common_views", "unseen_views"))
    dealt = {"": [common] * count, ", views not opened before": [unseen[start::count] for start in range(count)]}
    for added, views in dealt.items():
        crowd, rate = _crowd(folder, processes, views)
        remark = f"p50 / p95 of {len(crowd.seconds)} changes, {rate:.1f} a second, {len(crowd.errors)} errors"
        yield Row(f"Sessions at {reports:,} reports", f"{what}{added}", p50_p95(crowd.seconds), remark)


def _crowd(folder: Path, processes: int, views: Sequence[Sequence[View]]) -> tuple[Crowd, float]:
    """What the visitors saw, one for each list of views, and how many changes a second."""
    with ExitStack() as stack:
        addresses = [stack.enter_context(serving(folder, *_AGENT, server=_SERVER)) for _ in range(processes)]
        for address in addresses:
            _ask(address, {})
        crowd = Crowd()
        visitors = [
            threading.Thread(target=_visit, args=(addresses[seed % processes], own, crowd, seed))
            for seed, own in enumerate(views)
        ]
        start = time.perf_counter()
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        return crowd, len(crowd.seconds) / (time.perf_counter() - start)


def _views(folder: Path, name: str) -> list[View]:
    """The filters that `sql/<name>.sql` finds in the warehouse, as parameters of the URL."""
    statement = (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    with read_current(folder) as connection:
        cursor = connection.execute(statement)
        names = [str(column[0]) for column in cursor.description or ()]
        return [
            {key: [str(value)] for key, value in zip(names, row, strict=True) if value is not None}
            for row in cursor.fetchall()
        ]


def _visit(address: str, views: Sequence[View], crowd: Crowd, seed: int) -> None:
    rng = random.Random(seed)
    time.sleep(rng.random() * PAUSE)
    session = _ask(address, {})["session_id"]
    for view in rng.sample(views, CHANGES):
        time.sleep(rng.uniform(0.5, 1.5) * PAUSE)
        start = time.perf_counter()
        page = _ask(address, {"session_id": session, "query_params": view})
        crowd.note(time.perf_counter() - start, page)


def _ask(address: str, question: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{address}/_stcore/agent/interact", json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
        page: dict[str, Any] = json.load(answer)
    return page


def export(folder: Path, rows: int, reports: int) -> Iterator[Row]:
    """So many rows of the addresses for programs, as CSV: of cities with little more than that many."""
    cities = _cities_with(folder, rows)
    with serving(folder) as address:
        for name in ("metrics", "cells"):
            seconds, size = min(_download(f"{address}/data/{name}.csv?{cities}", rows) for _ in range(3))
            remark = f"{size / 1e6:.1f} MB, from the request to the last of them, best of 3"
            yield Row("Export", f"{rows:,} rows of /data/{name}.csv at {reports:,} reports", f"{seconds:.2f} s", remark)


def _cities_with(folder: Path, rows: int) -> str:
    """Parameters that leave the first cities which together have so many metrics."""
    with read_current(folder) as connection:
        [(metrics,)] = connection.execute("select count(*) from metric").fetchall()
        found = connection.execute(
            "select city_code, count(*) from reports group by 1 order by 1 nulls last"
        ).fetchall()
    chosen, reports = [], 0
    for code, n in found:
        if reports * metrics < rows and code is not None:
            chosen.append(f"city={code}")
            reports += n
    return "&".join(chosen)


def _download(address: str, rows: int) -> tuple[float, int]:
    start = time.perf_counter()
    size = 0
    with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
        for _, line in zip(range(rows), answer, strict=False):
            size += len(line)
    return time.perf_counter() - start, size
