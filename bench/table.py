"""The one table that a bench writes: rows of numbers in parts, with the conditions they hold for."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from statistics import quantiles

LIBRARIES = ("duckdb", "streamlit", "pandas", "jieba", "lxml", "pypdfium2", "python-docx")
_HEAD = "| what | measured | remark |\n|---|---|---|"


@dataclass(frozen=True, slots=True)
class Row:
    """One number: `part` groups rows, `what` names it, `measured` is the number with its unit."""

    part: str
    what: str
    measured: str
    remark: str = ""


def p50_p95(seconds: Sequence[float]) -> str:
    """Median and 95th percentile of some durations, in milliseconds."""
    cuts = quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else [*seconds] * 19
    return f"{1000 * cuts[9]:.0f} / {1000 * cuts[18]:.0f} ms"


def conditions() -> str:
    """The machine and the versions, and how busy the machine was: numbers of two runs compare only when these do."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{libraries}; load average {load} at the end (more than cores: other programs took part of the time)."
    )


def markdown(rows: Iterable[Row], title: str) -> str:
    """The rows as Markdown, a table a part, in the order of their coming."""
    parts = [f"# {title}", "", "Written by `make bench`; not edited by hand.", conditions()]
    for part, some in groupby(rows, key=lambda row: row.part):
        parts += ["", f"## {part}", "", _HEAD]
        parts += [f"| {row.what} | {row.measured} | {row.remark} |" for row in some]
    return "\n".join([*parts, ""])
