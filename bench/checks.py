"""Shows what the checks find and how long they take: planted errors, clean reports, the whole country's figures.

    python -m bench.checks [--planted 200] [--clean 500] [--reports 100000] [--seed 7]

Exit code 1 when a planted error is not found as it should be, or a clean report has a finding of severity error.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.queries import filled
from etl.checks.run import prepare_checks, run_checks
from etl.load.executors import local
from etl.load.load import Options, load
from etl.paths import PROJECT
from etl.report import Severity
from etl.sample.planted import write_planted
from etl.sample.write import SampleOptions, write_sample
from etl.warehouse.store import connect, current_file, read_current

YEARS = (2018, 2023)
FORMATS = ("txt", "md", "html", "docx")
_SQL = PROJECT / "bench" / "sql"

Finding = Mapping[str, Any]
Findings = Mapping[str, list[Finding]]
"""The findings of each file by its name without ending."""


def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def findings(reports: Path, warehouse: Path, jobs: int = 1) -> Findings:
    """Load the files and take what the checks say of each."""
    load([reports], Options(warehouse, local(jobs)))
    found: dict[str, list[Finding]] = defaultdict(list)
    with read_current(warehouse) as connection:
        cursor = connection.execute(_sql("findings_by_file"))
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            one = dict(zip(names, row, strict=True))
            found[Path(one["path"]).stem].append(one)
    return found


def errors(found: Findings) -> list[Finding]:
    """The findings of severity error."""
    return [one for each in found.values() for one in each if one["severity"] == Severity.ERROR]


def marks(folder: Path) -> dict[str, Finding]:
    """What must be found in each file with a planted error: kind, rule, cause and cells, by name without ending."""
    truths = {path.name.split(".")[0]: json.loads(path.read_text("utf-8")) for path in folder.glob("*.truth.json")}
    return {name: truth["planted"] for name, truth in truths.items() if "planted" in truth}


def is_found(mark: Finding, found: list[Finding]) -> bool:
    """Whether the right rule fires on the right cells, with the right cause where one is defined."""
    told = [one for one in found if one["rule"] == mark["rule"]]
    cells = {cell for one in told for cell in one["cells"]}
    explained = not mark["cause"] or mark["cause"] in {one["cause"] for one in told}
    return bool(told) and set(mark["cells"]) <= cells and explained


def planted(scratch: Path, count: int, seed: int) -> Iterator[str]:
    """A line for every planted error that is not found as it should be."""
    write_planted(scratch / "planted", count, seed)
    found = findings(scratch / "planted", scratch / "planted-warehouse", os.cpu_count() or 1)
    wanted = marks(scratch / "planted")
    missed = {name: mark for name, mark in wanted.items() if not is_found(mark, found[name])}
    print(f"planted errors: {len(wanted) - len(missed)} of {len(wanted)} found by their rule, on their cells")
    yield from (f"missed {name}: {mark}" for name, mark in missed.items())


def clean(scratch: Path, count: int, seed: int) -> Iterator[str]:
    """A line for every finding of severity error on a report without one, over all layouts but PDF."""
    span = YEARS[1] - YEARS[0] + 1
    options = SampleOptions(-(-count // span), YEARS, FORMATS, seed=seed, jobs=os.cpu_count() or 1)
    written = write_sample(scratch / "clean", options)
    wrong = errors(findings(scratch / "clean", scratch / "clean-warehouse", os.cpu_count() or 1))
    print(f"clean reports: {len(wrong)} findings of severity error on {written}")
    yield from (f"invented {one['path']}: {one['rule']} {one['message']}" for one in wrong)


def seconds(scratch: Path, reports: int) -> float:
    """How long the checks of a warehouse of so many made-up reports take, where every twentieth has a broken sum."""
    folder, _ = filled(scratch / "filled", reports)
    copy = scratch / "checked.duckdb"
    shutil.copy(current_file(folder), copy)
    with connect(copy, read_only=False) as connection:
        connection.execute(f"set threads = {os.cpu_count() or 1}")
        for name in ("unchecked", "break_sums"):
            connection.execute(_sql(name))
        start = time.perf_counter()
        prepare_checks(connection)
        run_checks(connection)
        took = time.perf_counter() - start
        [(broken,)] = connection.execute("select count(*) from base.sums where broken > 0").fetchall()
    print(f"checks of {reports:,} reports: {took:.1f} s, {broken:,} of them with a broken sum")
    return took


def main() -> None:
    """Print what was found; 0 for any of the numbers leaves that part out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, count in (("planted", 200), ("clean", 500), ("reports", 100_000), ("seed", 7)):
        parser.add_argument(f"--{name}", type=int, default=count)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        wrong = list(planted(scratch, asked.planted, asked.seed)) if asked.planted else []
        wrong += clean(scratch, asked.clean, asked.seed) if asked.clean else []
        if asked.reports:
            seconds(scratch, asked.reports)
    print(*wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
