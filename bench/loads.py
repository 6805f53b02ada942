"""How fast files become a warehouse: by format and number of processes, a repeat, the memory, the growth of cost.

python -m bench.loads FOLDER JOBS      one load in this process, its numbers as JSON
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.table import Row
from etl.load.executors import local
from etl.load.load import Options, load
from etl.sample.pdf import browser
from etl.sample.write import SampleOptions, write_sample

YEARS = (2021, 2024)
TEXT, PDF = "txt", "pdf"
KIB = 1024
_CAN_BIND = hasattr(os, "sched_setaffinity")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a load took: `cpu` seconds of all its processes, `memory` in MiB (processes of one load added up)."""

    reports: int
    seconds: float
    cpu: float
    memory: float

    def speed(self) -> str:
        """Reports a second by the clock, and what a report costs of one core."""
        return f"{self.reports / self.seconds:.0f} reports/s, {1000 * self.cpu / self.reports:.1f} ms CPU a report"


def one_load(reports: Path, warehouse: Path, jobs: int) -> Cost:
    """Load in a process of its own, so that the memory is that of the load."""
    command = [sys.executable, "-m", "bench.loads", str(reports), str(warehouse), str(jobs)]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    numbers: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return Cost(**numbers)


def sample(folder: Path, reports: int, extension: str) -> Path:
    """A folder with about that many made-up reports of a format."""
    agencies = max(1, reports // (YEARS[1] - YEARS[0] + 1))
    write_sample(folder, SampleOptions(agencies, YEARS, (extension,), jobs=2))
    for truth in folder.rglob("*.truth.json"):
        truth.unlink()
    return folder


def formats(counts: dict[str, int]) -> Iterator[Row]:
    """Each format with one process, bound to one core, and with two."""
    for extension, reports in counts.items():
        if extension == PDF and browser() is None:
            yield Row("Load", "pdf", "not measured", "no Chromium to print sample files with")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            files = sample(Path(scratch) / "files", reports, extension)
            for jobs in (1, 2):
                cost = one_load(files, Path(scratch) / f"w{jobs}", jobs)
                bound = " on one core" if jobs == 1 and _CAN_BIND else ""
                remark = f"{cost.reports} files{bound}, whole pipeline with writing; peak memory {cost.memory:.0f} MiB"
                yield Row("Load", f"{extension}, {jobs} process{'es' * (jobs - 1)}", cost.speed(), remark)


def growth(sizes: tuple[int, ...]) -> Iterator[Row]:
    """Text reports in growing numbers with two processes, and the same load repeated over unchanged files."""
    before: Cost | None = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            files, warehouse = sample(Path(scratch) / "files", size, TEXT), Path(scratch) / "w"
            cost = one_load(files, warehouse, 2)
            remark = f"peak memory {cost.memory:.0f} MiB{_further(cost, before)}"
            yield Row("Growth", f"{cost.reports} text reports", cost.speed(), remark)
            before = cost
            again = one_load(files, warehouse, 2)
            yield Row("Growth", f"repeat over {cost.reports} unchanged files", f"{again.seconds:.1f} s")


def _further(cost: Cost, before: Cost | None) -> str:
    """What each report costs beyond the smaller load, which leaves out what starting takes."""
    if before is None:
        return ""
    each = (cost.cpu - before.cpu) / (cost.reports - before.reports)
    return f"; {1000 * each:.1f} ms CPU for each report more than {before.reports}"


def _measure(reports: Path, warehouse: Path, jobs: int) -> Cost:
    if jobs == 1 and _CAN_BIND:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # else the end of a load uses another core too
    start = time.perf_counter()
    loaded = load([reports], Options(warehouse, local(jobs)))
    seconds = time.perf_counter() - start
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    workers = jobs if jobs > 1 else 0
    return Cost(len(loaded.outcomes), seconds, cpu, (own.ru_maxrss + workers * others.ru_maxrss) / KIB)


def main() -> None:
    """One load, its numbers as a line of JSON."""
    cost = _measure(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    numbers = {"reports": cost.reports, "seconds": cost.seconds, "cpu": cost.cpu, "memory": cost.memory}
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
