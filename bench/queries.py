"""How long the warehouse takes to answer what each page asks: the pages' own scripts run, every question is timed.

    python -m bench.queries WAREHOUSE PAGE      one page in this process, its seconds as JSON

Cold: a new process, the file out of the system's cache as far as the system allows. Warm: the same process, other
filters, so that no answer is one that the dashboard keeps. PAGE may name a part: `problems/words`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from bench.table import Row, p50_p95
from etl.paths import PROJECT, WAREHOUSE_VARIABLE
from etl.sample.warehouse import write_warehouse
from etl.warehouse.store import current_file, read_current

PAGES = tuple(sorted(path.stem for path in (PROJECT / "dashboard" / "app_pages").glob("[a-z]*.py")))
PARTS = ("problems/agencies", "problems/words", "quality/missing", "quality/rates", "quality/worst")
"""Parts of pages that are not shown first."""
YEARS = (2017, 2024)
_FILLED = "filled.json"
_PATIENCE = 600
_SQL = PROJECT / "bench" / "sql"

Filters = Mapping[str, str]
Spent = tuple[float, str, float]


def filled(folder: Path, reports: int) -> tuple[Path, float]:
    """A warehouse of so many made-up reports, and the seconds that it took; one that is there is taken as it is."""
    if not (folder / "current").exists():
        start = time.perf_counter()
        write_warehouse(folder, reports // (YEARS[1] - YEARS[0] + 1), YEARS)
        (folder / _FILLED).write_text(json.dumps(time.perf_counter() - start))
    return folder, float(json.loads((folder / _FILLED).read_text()))


def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Asked:
    """What each question of a page took cold, and warm: seconds, name, CPU; and what each whole script took."""

    cold: list[Spent]
    warm: list[Spent]
    scripts: list[float]

    def told(self) -> str:
        """Median and 95th percentile of both."""
        cpu = p50_p95([cpu for _, _, cpu in self.warm])
        return f"warm {p50_p95(_seconds(self.warm))}, cold {p50_p95(_seconds(self.cold))}; warm CPU of all cores {cpu}"

    def slowest(self) -> str:
        """The question that took longest warm, and how long."""
        seconds, name, cpu = max(self.warm)
        return f"{name} {1000 * seconds:.0f} ms, CPU {1000 * cpu:.0f}"


def _seconds(spent: Sequence[Spent]) -> list[float]:
    return [seconds for seconds, _, _ in spent]


def pages(folder: Path, reports: int) -> Iterator[Row]:
    """One row a page: its questions cold, and warm under other filters; then all pages together."""
    part, everything = f"Questions of the pages at {reports:,} reports", Asked([], [], [])
    for page in sorted((*PAGES, *PARTS)):
        command = [sys.executable, "-m", "bench.queries", str(folder), page]
        found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=_PATIENCE)
        asked = Asked(*json.loads(found.stdout.splitlines()[-1]))
        remark = f"p50 / p95 of {len(asked.warm)} and {len(asked.cold)} questions; slowest warm {asked.slowest()}"
        yield Row(part, page, asked.told(), f"{remark}; a whole page warm {p50_p95(asked.scripts)}")
        everything.cold.extend(asked.cold)
        everything.warm.extend(asked.warm)
    yield Row(part, "all pages", everything.told(), f"{len(everything.warm)} and {len(everything.cold)} questions")


def _filters(folder: Path) -> list[dict[str, str]]:
    """Views that a visitor takes: a year, and places and kinds of agencies that the warehouse has."""
    with read_current(folder) as connection:
        found = connection.execute(_sql("views")).fetchall()
    chosen = [{"year": str(year)} for year in range(YEARS[0], YEARS[1] + 1, 3)]
    for province, city, county, kind in found:
        chosen += [{"province": province}, {"city": city}, {"county": county}, {"kind": kind, "province": province}]
    return chosen


def _forget(path: Path) -> None:
    """Ask the system to drop the file from its cache; systems without that call answer cold questions warm."""
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(path, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def measure(folder: Path, page: str) -> Asked:
    """Every question of one page, in this process."""
    os.environ[WAREHOUSE_VARIABLE] = str(folder)
    chosen = _filters(folder)
    from dashboard.queries import door  # noqa: PLC0415 - after the folder is named

    spent: list[Spent] = []
    asked = door.run

    def timed(path: str, name: str, *arguments: Any) -> Any:
        start, cpu = time.perf_counter(), time.process_time()
        answer = asked(path, name, *arguments)
        spent.append((time.perf_counter() - start, name, time.process_time() - cpu))
        return answer

    door.run = timed  # type: ignore[assignment]
    _open(page, {"agency": "镇"})
    _forget(current_file(folder))
    door.start_anew()
    spent.clear()
    _open(page, {})
    cold, scripts = list(spent), []
    spent.clear()
    for filters in chosen:
        start = time.perf_counter()
        _open(page, filters)
        scripts.append(time.perf_counter() - start)
    return Asked(cold, list(spent), scripts)


def _open(page: str, filters: Filters) -> None:
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415 - a second to import

    name, _, part = page.partition("/")
    app = AppTest.from_file(str(PROJECT / "dashboard" / "app.py"), default_timeout=_PATIENCE)
    if part:
        app.query_params["part"] = part
    for parameter, value in filters.items():
        app.query_params[parameter] = value
    app.switch_page(f"app_pages/{name}.py").run()
    if wrong := [*app.exception, *app.error]:
        raise RuntimeError(f"{page} {filters}: {wrong[0].value}")


def main() -> None:
    """One page, its numbers as a line of JSON."""
    print(json.dumps(astuple(measure(Path(sys.argv[1]), sys.argv[2]))))


if __name__ == "__main__":
    main()
