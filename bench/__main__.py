"""Measures the project on this machine and writes bench/results.md.

    python -m bench [--quick] [--hundred-thousand] [--nation] [--only PART]

The full run takes some quarter of an hour, `--quick` three minutes. `--hundred-thousand` loads 100,000 files,
`--nation` asks a warehouse of 1,200,000 reports (ten minutes to fill). Pages are timed where a Chromium is installed.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import loads, pages, queries, rivals, sessions, stages
from bench.table import Row, conditions, markdown
from etl.paths import PROJECT

RESULTS = PROJECT / "bench" / "results.md"
NATION = 1_200_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to measure."""

    formats: dict[str, int]
    growth: tuple[int, ...]
    warehouses: tuple[int, ...]
    crowds: tuple[tuple[int, int], ...]


FULL = Plan(
    {"txt": 2000, "html": 1000, "docx": 600, "pdf": 40}, (1000, 10_000), (15_000, 150_000), ((10, 1), (30, 1), (30, 2))
)
QUICK = Plan({"txt": 400, "html": 200, "docx": 100, "pdf": 8}, (200, 1000), (15_000,), ((10, 1), (10, 2)))


def rows(plan: Plan, scratch: Path, only: str) -> Iterator[Row]:
    """Every row of the plan, or of one part of it."""
    if only in ("", "pages"):
        yield from pages.of_the_sample(scratch / "shipped")
    if only in ("", "load"):
        yield from loads.formats(plan.formats)
        yield from stages.shares(plan.formats["docx"])
        yield from loads.growth(plan.growth)
    for reports in plan.warehouses:
        if only in ("", "query", "rivals", "sessions"):
            yield from _of_warehouse(plan, scratch, reports, only)


def _of_warehouse(plan: Plan, scratch: Path, reports: int, only: str) -> Iterator[Row]:
    folder, seconds = queries.filled(scratch / str(reports), reports)
    yield Row("Size of the warehouse", f"fill with {reports:,} made-up reports", f"{seconds:.0f} s")
    if only in ("", "query"):
        yield from queries.sizes(folder)
        yield from queries.pages(folder, reports)
    if only in ("", "rivals"):
        yield from rivals.beside(folder, reports)
    if only in ("", "sessions") and reports != NATION:
        yield from sessions.export(folder, 100_000, reports)
        for count, processes in plan.crowds:
            yield sessions.concurrent(folder, count, processes, reports)


def main() -> None:
    """Measure, print each row as it comes, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--quick", "--hundred-thousand", "--nation"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--only", default="", choices=("", "pages", "load", "query", "rivals", "sessions"))
    parser.add_argument("--scratch", type=Path, help="folder for warehouses, kept; default: one that is removed")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    plan = QUICK if options.quick else FULL
    growth = (*plan.growth, 100_000) if options.hundred_thousand else plan.growth
    warehouses = (*plan.warehouses, NATION) if options.nation else plan.warehouses
    plan = Plan(plan.formats, growth, warehouses, plan.crowds)
    with tempfile.TemporaryDirectory() as removed:
        found = []
        for row in rows(plan, options.scratch or Path(removed), options.only):
            print(f"{row.part}: {row.what}: {row.measured} {row.remark}", flush=True)
            found.append(row)
            options.out.write_text(markdown(found, "Measurements"), encoding="utf-8")
    print(conditions())


if __name__ == "__main__":
    main()
