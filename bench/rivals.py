"""The same wide table elsewhere, asked the same in one run: SQLite, pandas in memory, Datasette."""

from __future__ import annotations

import importlib.util
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from bench.rival_questions import Ask, Question, country, one_place
from bench.server import free_port
from bench.table import Row, p50_p95
from dashboard.queries import door
from etl.paths import WAREHOUSE_VARIABLE
from etl.warehouse.store import read_current

ROUNDS = 5
_ABOUT = (
    *("report_id", "agency", "agency_key", "kind", "form", "province_code", "city_code", "county_code", "year"),
    "errors",
)
_INDEXES = ("year", "county_code, year", "kind, year", "agency_key, year", "report_id")
_PART = 20_000
_PATIENCE = 120
_SLOW = 1.0
"""Seconds after which a question is not asked so often again."""


def beside(folder: Path, reports: int) -> Iterator[Row]:
    """Every question to the dashboard, to DuckDB, SQLite and pandas over the same rows, in turn."""
    os.environ[WAREHOUSE_VARIABLE] = str(folder)
    part = f"Beside at {reports:,} reports"
    with tempfile.TemporaryDirectory() as scratch, read_current(folder) as connection:
        start = time.perf_counter()
        database = _sqlite(connection, Path(scratch) / "facts.sqlite")
        yield Row(part, "SQLite: fill, index", f"{time.perf_counter() - start:.0f} s", _size(database))
        columns = ", ".join(_columns(connection))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        frame = connection.execute(f"select {columns} from facts").df()
        held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        yield Row(part, "pandas: take into memory", f"{time.perf_counter() - start:.0f} s", f"{held:.0f} MiB more")
        with closing(sqlite3.connect(database)) as lite:
            rivals = Rivals(connection, lite, frame)
            for name, asked in questions(connection).items():
                yield from compared(part, name, asked, rivals)
        del frame
        yield from _datasette(part, database, "c3_received_total")


@dataclass(frozen=True, slots=True)
class Rivals:
    """The same wide table three times."""

    duck: duckdb.DuckDBPyConnection
    lite: sqlite3.Connection
    frame: pd.DataFrame


def questions(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Question, ...]]:
    """Those over the country, and those about one place."""
    names = _columns(connection)
    totals = [name for name in names if name.startswith("c3_") and name.endswith("_total")]
    applicants = [name for name in names if name.startswith("c3_received_") and not name.endswith("_total")]
    return {"the country": country(totals, applicants), "one place": one_place()}


def compared(part: str, group: str, asked: tuple[Question, ...], rivals: Rivals) -> Iterator[Row]:
    """A row a question, and one for all of the group: medians, added up."""
    sums = dict.fromkeys(("page", "DuckDB", "SQLite", "pandas"), 0.0)
    for question in asked:
        seconds = _answered(question, rivals)
        for name, spent in seconds.items():
            sums[name] += statistics.median(spent)
        told = ", ".join(f"{name} {p50_p95(spent)}" for name, spent in seconds.items())
        yield Row(
            part, question.name, told, _times({name: statistics.median(spent) for name, spent in seconds.items()})
        )
    told = ", ".join(f"{name} {1000 * seconds:.0f} ms" for name, seconds in sums.items())
    yield Row(part, f"{group}: all {len(asked)} questions", told, _times(sums))


def _answered(question: Question, rivals: Rivals) -> dict[str, list[float]]:
    plain = _timed(lambda: rivals.duck.execute(question.sql).fetchall())
    return {
        "page": plain if question.page is None else _timed(_afresh(question.page)),
        "DuckDB": plain,
        "SQLite": _timed(lambda: rivals.lite.execute(question.sql).fetchall()),
        "pandas": _timed(lambda: question.frame(rivals.frame)),
    }


def _afresh(page: Ask) -> Ask:
    def ask() -> None:
        door.forget_answers()
        page()

    return ask


def _times(seconds: dict[str, float]) -> str:
    page, plain = (seconds["SQLite"] / seconds[name] for name in ("page", "DuckDB"))
    return (
        f"SQLite takes {page:.1f} times as long as the page's question, {plain:.1f} times as DuckDB on the same table"
    )


def _timed(ask: Ask) -> list[float]:
    seconds: list[float] = []
    ask()
    while len(seconds) < (2 if sum(seconds) > _SLOW else ROUNDS):
        start = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - start)
    return seconds


def _sqlite(connection: duckdb.DuckDBPyConnection, path: Path) -> Path:
    """The wide table with the indexes that its questions want."""
    wanted = _columns(connection)
    with closing(sqlite3.connect(path)) as lite:
        for pragma in ("journal_mode = off", "synchronous = off"):
            lite.execute(f"pragma {pragma}")
        lite.execute(f"create table facts ({', '.join(wanted)})")
        rows = connection.execute(f"select {', '.join(wanted)} from facts")
        while some := rows.fetchmany(_PART):
            lite.executemany(f"insert into facts values ({', '.join('?' * len(wanted))})", some)
        for columns in _INDEXES:
            lite.execute(f"create index {columns.split(',')[0]}_index on facts ({columns})")
        lite.execute("analyze")
        lite.commit()
    return path


def _columns(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Of the wide table who reports and where, and every cell."""
    names = [name for (name, *_) in connection.execute("describe facts").fetchall()]
    return [name for name in names if name in _ABOUT or (name[:1] == "c" and name[1:2].isdigit())]


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.0f} MB"


def _datasette(part: str, database: Path, column: str) -> Iterator[Row]:
    """Datasette's pages over the same file, where it is installed (`NIANBAO_DATASETTE` may name its Python)."""
    python = os.environ.get("NIANBAO_DATASETTE", sys.executable)
    if python == sys.executable and importlib.util.find_spec("datasette") is None:
        yield Row(part, "Datasette", "not measured", "not installed; NIANBAO_DATASETTE may name a Python that has it")
        return
    port = free_port()
    limits = ["--setting", "sql_time_limit_ms", "60000", "--setting", "facet_time_limit_ms", "60000"]
    limits += ["--setting", "suggest_facets", "off"]
    command = [python, "-m", "datasette", str(database), "--port", str(port), *limits]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}/facts"
    sql = urllib.parse.urlencode({"sql": f"select year, sum({column}) from facts group by year"})
    pages = {
        "table page": "/facts",
        "table page of one county": "/facts?county_code=830101",
        "table page with years as facet": "/facts?_facet=year",
        "totals by year as JSON": f".json?{sql}",
    }
    try:
        _wait(base, process)
        for name, path in pages.items():
            found = p50_p95(_timed(lambda: _fetch(base + path)))  # noqa: B023
            yield Row(part, f"Datasette: {name}", found, "facets are not suggested, which would try each column")
    finally:
        process.terminate()
        process.wait(20)


def _fetch(address: str) -> int:
    with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
        return len(answer.read())


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(_PATIENCE):
        if process.poll() is not None:
            raise RuntimeError(f"datasette ended with {process.returncode}")
        try:
            _fetch(address)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise TimeoutError(address)
