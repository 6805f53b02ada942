"""How long the warehouse takes to answer what each page asks: the pages' own scripts run, every question is timed.

    python -m bench.queries WAREHOUSE PAGE      one page in this process, its seconds as JSON

Cold: a new process, the file out of the system's cache as far as the system allows. Warm: the same process, other
filters, so that no answer is one that the dashboard keeps.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from bench.table import Row, p50_p95
from etl.paths import PROJECT, WAREHOUSE_VARIABLE
from etl.sample.warehouse import write_warehouse
from etl.warehouse.store import current_file, read_current

PAGES = tuple(sorted(path.stem for path in (PROJECT / "dashboard" / "app_pages").glob("[a-z]*.py")))
YEARS = (2017, 2024)
_PATIENCE = 600
_SQL = PROJECT / "bench" / "sql"
TABLES = (
    "fact",
    "cell_printed",
    "metric_value",
    "term",
    "problem",
    "problem_theme",
    "phrase",
    "remedy",
    "source",
    "checked",
)

Filters = Mapping[str, str]


def filled(folder: Path, reports: int) -> tuple[Path, float]:
    """A warehouse of so many made-up reports, and the seconds that it took; one that is there is taken as it is."""
    start = time.perf_counter()
    if not (folder / "current").exists():
        write_warehouse(folder, reports // (YEARS[1] - YEARS[0] + 1), YEARS)
    return folder, time.perf_counter() - start


def sizes(folder: Path) -> Iterator[Row]:
    """What the file weighs, and how much of it are printed texts, places and prose."""
    path = current_file(folder)
    with read_current(folder) as connection:
        [(reports,)] = connection.execute("select count(*) from base.fact").fetchall()
        found = {table: _blocks(connection, table) for table in TABLES}
    texts = sum(one[True] for one in found.values())
    whole = path.stat().st_size / 1e6
    parts = ", ".join(f"{name} {one[False]:.0f}" for name, one in found.items())
    told = f"{whole:.0f} MB, {whole - texts:.0f} MB without texts"
    yield Row("Size of the warehouse", f"{reports:,} reports", told, f"without texts, MB: {parts}")


def _blocks(connection: DuckDBPyConnection, table: str) -> dict[bool, float]:
    """Megabytes of a table's texts (True) and of the rest."""
    rows = connection.execute(_sql("blocks"), {"table": f"base.{table}"}).fetchall()
    return {False: 0.0, True: 0.0} | dict(rows)


def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def pages(folder: Path, reports: int) -> Iterator[Row]:
    """One row a page: its questions cold, and warm under other filters."""
    for page in PAGES:
        command = [sys.executable, "-m", "bench.queries", str(folder), page]
        found = subprocess.run(command, check=True, capture_output=True, text=True)
        cold, warm, scripts = json.loads(found.stdout.splitlines()[-1])
        told = f"warm {p50_p95(warm)}, cold {p50_p95(cold)}"
        remark = f"p50 / p95 of {len(warm)} and {len(cold)} questions; a whole page warm {p50_p95(scripts)}"
        yield Row(f"Questions of the pages at {reports:,} reports", page, told, remark)


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


def _measure(folder: Path, page: str) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each question cold, of each warm, and of each whole script run warm."""
    os.environ[WAREHOUSE_VARIABLE] = str(folder)
    chosen = _filters(folder)
    from dashboard.queries import door  # noqa: PLC0415 - after the folder is named

    spent: list[float] = []
    asked = door.run

    def timed(*arguments: Any) -> Any:
        start = time.perf_counter()
        answer = asked(*arguments)
        spent.append(time.perf_counter() - start)
        return answer

    door.run = timed  # type: ignore[assignment]
    _open(page, {"agency": "镇"})
    door._answer.cache_clear()
    spent.clear()
    _forget(current_file(folder))
    _open(page, {})
    cold, scripts = list(spent), []
    spent.clear()
    for filters in chosen:
        start = time.perf_counter()
        _open(page, filters)
        scripts.append(time.perf_counter() - start)
    return cold, list(spent), scripts


def _open(page: str, filters: Filters) -> None:
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415 - a second to import

    app = AppTest.from_file(str(PROJECT / "dashboard" / "app.py"), default_timeout=_PATIENCE)
    for name, value in filters.items():
        app.query_params[name] = value
    app.switch_page(f"app_pages/{page}.py").run()
    if app.exception:
        raise RuntimeError(f"{page} {filters}: {app.exception[0].value}")


def main() -> None:
    """One page, its numbers as a line of JSON."""
    print(json.dumps(_measure(Path(sys.argv[1]), sys.argv[2])))


if __name__ == "__main__":
    main()
