"""The parts of the bench, each to be run by itself: what it measures and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bench import loads, pages, queries, rivals, sessions, sizes, stages
from bench.table import Row

NATION = 1_200_000
EXPORTED = 100_000

Measure = Callable[[Path], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to measure: files by format, folders in growing size, reports of warehouses, (sessions, processes)."""

    formats: Mapping[str, int]
    growth: tuple[int, ...]
    warehouses: tuple[int, ...]
    crowds: tuple[tuple[int, int], ...]


FULL = Plan(
    {"txt": 10_000, "html": 10_000, "docx": 500, "pdf": 20},
    (1000, 10_000, 100_000),
    (15_000, 150_000, NATION),
    ((30, 1), (30, 2)),
)
QUICK = Plan({"txt": 400, "html": 200, "docx": 100, "pdf": 8}, (200, 1000), (15_000,), ((10, 1), (10, 2)))


def up_to(plan: Plan, most: int) -> Plan:
    """The plan without folders and warehouses of more reports."""
    growth, warehouses = (tuple(size for size in each if size <= most) for each in (plan.growth, plan.warehouses))
    return replace(plan, growth=growth, warehouses=warehouses)


def parts(plan: Plan) -> dict[str, Measure]:
    """Every part by its name, in the order of the table. Each is given a folder for warehouses, which stay there."""
    return {
        "pages": lambda scratch: pages.of_the_sample(scratch / "shipped"),
        "formats": lambda _: loads.formats(dict(plan.formats)),
        "shares": lambda _: stages.shares(plan.formats["docx"]),
        "growth": lambda _: loads.growth(plan.growth),
        "sizes": lambda scratch: _each(plan, scratch, _size),
        "queries": lambda scratch: _each(plan, scratch, queries.pages),
        "rivals": lambda scratch: _each(plan, scratch, rivals.beside),
        "export": lambda scratch: _each(plan, scratch, _export),
        "sessions": lambda scratch: _each(plan, scratch, lambda folder, reports: _sessions(plan, folder, reports)),
    }


def _each(plan: Plan, scratch: Path, measure: Callable[[Path, int], Iterator[Row]]) -> Iterator[Row]:
    for reports in plan.warehouses:
        yield from measure(queries.filled(scratch / str(reports), reports)[0], reports)


def _size(folder: Path, reports: int) -> Iterator[Row]:
    _, seconds = queries.filled(folder, reports)
    yield Row(sizes.SIZE, f"fill with {reports:,} made-up reports", f"{seconds:.0f} s", "one process")
    yield from sizes.sizes(folder, reports)


def _export(folder: Path, reports: int) -> Iterator[Row]:
    return sessions.export(folder, EXPORTED, reports)


def _sessions(plan: Plan, folder: Path, reports: int) -> Iterator[Row]:
    for count, processes in plan.crowds:
        yield from sessions.concurrent(folder, count, processes, reports)
