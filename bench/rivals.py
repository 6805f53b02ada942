"""The same wide table elsewhere, asked the same in one run: SQLite, pandas in memory, Datasette."""

from __future__ import annotations

import importlib.util
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from bench.server import free_port
from bench.table import Row, p50_p95
from etl.warehouse.store import read_current

ROUNDS = 7
_ABOUT = ("report_id", "agency", "kind", "province_code", "city_code", "county_code", "year")
_RECEIVED, _PENALTIES = "c3_received_new_total", "c2_administrative_penalty_handled"
_PART = 20_000
_PATIENCE = 120

Ask = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """The same question in SQL and in pandas."""

    name: str
    sql: str
    frame: Callable[[pd.DataFrame], Any]


def questions(one: str, other: str) -> tuple[Question, ...]:
    """Four questions that the pages ask, on two columns of the wide table."""
    return (
        Question(
            "totals by year",
            f"select year, sum({one}), sum({other}) from facts group by year",
            lambda frame: frame.groupby("year")[[one, other]].sum(),
        ),
        Question(
            "twenty counties with most",
            f"select county_code, sum({one}) as n from facts where year = 2023 and county_code is not null"
            " group by county_code order by n desc limit 20",
            lambda frame: frame[frame["year"] == 2023].groupby("county_code")[one].sum().nlargest(20),
        ),
        Question(
            "reports by kind and year",
            "select kind, year, count(*) from facts group by kind, year",
            lambda frame: frame.groupby(["kind", "year"], observed=True).size(),
        ),
        Question(
            "one county's agencies by year",
            f"select agency, year, {one} from facts where county_code = '830101' order by agency, year",
            lambda frame: frame[frame["county_code"] == "830101"].sort_values(["agency", "year"]),
        ),
    )


def beside(folder: Path, reports: int) -> Iterator[Row]:
    """Every question to DuckDB, SQLite and pandas over the same rows, in turn."""
    part = f"Beside at {reports:,} reports"
    with tempfile.TemporaryDirectory() as scratch, read_current(folder) as connection:
        start = time.perf_counter()
        database = _sqlite(connection, Path(scratch) / "facts.sqlite")
        yield Row(part, "SQLite: fill, index", f"{time.perf_counter() - start:.0f} s", _size(database))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        frame = connection.execute("select * from facts").df()
        held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        yield Row(part, "pandas: take into memory", f"{time.perf_counter() - start:.0f} s", f"{held:.0f} MiB more")
        asked = _known_columns(connection)
        with sqlite3.connect(database) as lite:
            for question in questions(*asked):
                yield _compared(part, question, connection, lite, frame)
        del frame
        yield from _datasette(part, database, asked[0])


def _known_columns(connection: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    names = [name for (name, *_) in connection.execute("describe facts").fetchall() if name.startswith("c")]
    totals = [name for name in names if name.startswith("c3_") and name.endswith("_total")]
    return totals[0], totals[-1]


def _compared(
    part: str, question: Question, duck: duckdb.DuckDBPyConnection, lite: sqlite3.Connection, frame: pd.DataFrame
) -> Row:
    ours = _timed(lambda: duck.execute(question.sql).fetchall())
    theirs = _timed(lambda: lite.execute(question.sql).fetchall())
    in_memory = _timed(lambda: question.frame(frame))
    told = f"DuckDB {p50_p95(ours)}, SQLite {p50_p95(theirs)}, pandas {p50_p95(in_memory)}"
    return Row(
        part,
        question.name,
        told,
        f"SQLite takes {sorted(theirs)[ROUNDS // 2] / sorted(ours)[ROUNDS // 2]:.1f} times as long",
    )


def _timed(ask: Ask) -> list[float]:
    seconds = []
    ask()
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - start)
    return seconds


def _sqlite(connection: duckdb.DuckDBPyConnection, path: Path) -> Path:
    """The wide table with the indexes that its questions want."""
    names = [name for (name, *_) in connection.execute("describe facts").fetchall()]
    wanted = [name for name in names if name in _ABOUT or name[:1] == "c" and name[1:2].isdigit()]
    with sqlite3.connect(path) as lite:
        lite.execute(f"create table facts ({', '.join(wanted)})")
        rows = connection.execute(f"select {', '.join(wanted)} from facts")
        while some := rows.fetchmany(_PART):
            lite.executemany(f"insert into facts values ({', '.join('?' * len(wanted))})", some)
        for columns in ("year", "county_code, year", "kind, year"):
            lite.execute(f"create index {columns.split(',')[0]}_index on facts ({columns})")
        lite.execute("analyze")
    return path


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
    command = [python, "-m", "datasette", str(database), "--port", str(port), *limits]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}/facts"
    sql = urllib.parse.urlencode({"sql": f"select year, sum({column}) from facts group by year"})
    pages = {
        "table page": "/facts",
        "table page of one county": "/facts?county_code=830101",
        "table page with years as facet": "/facts?_facet=year",
        "totals by year as JSON": f"/-/query.json?{sql}",
    }
    try:
        _wait(base, process)
        for name, path in pages.items():
            yield Row(part, f"Datasette: {name}", p50_p95(_timed(lambda: _fetch(base + path))))  # noqa: B023
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
