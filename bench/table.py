"""The one table that a bench writes: rows of numbers in parts, with the conditions they hold for."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from statistics import quantiles

LIBRARIES = ("duckdb", "streamlit", "pandas", "jieba", "lxml", "pypdfium2", "python-docx")
_HEAD = "| what | measured | remark |\n|---|---|---|"
_ROW = re.compile(r"\| (.+?) \| (.+?) \| (.*?) ?\|")
_PART = "## "


@dataclass(frozen=True, slots=True)
class Row:
    """One number: `part` groups rows, `what` names it, `measured` is the number with its unit.

    `at` says when, and how busy the machine was.
    """

    part: str
    what: str
    measured: str
    remark: str = ""
    at: str = ""


def p50_p95(seconds: Sequence[float]) -> str:
    """Median and 95th percentile of some durations, in milliseconds."""
    cuts = quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else [*seconds] * 19
    return f"{1000 * cuts[9]:.0f} / {1000 * cuts[18]:.0f} ms"


def conditions() -> str:
    """When, and how busy the machine was: numbers of two runs compare only when it was as busy."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load average {load}."


def machine() -> str:
    """The machine and the versions of the libraries."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {libraries}. "
        "A load average above the number of cores means that other programs took part of the time."
    )


def markdown(rows: Iterable[Row], title: str) -> str:
    """The rows as Markdown, a table a part, in the order of their coming."""
    parts = [f"# {title}", "", "Written by `make bench`; not edited by hand.", machine()]
    for part, some in groupby(rows, key=lambda row: row.part):
        together = list(some)
        parts += ["", f"{_PART}{part}", ""]
        parts += [together[-1].at, ""] if together[-1].at else []
        parts += [_HEAD, *(f"| {row.what} | {row.measured} | {row.remark} |" for row in together)]
    return "\n".join([*parts, ""])


def parsed(text: str) -> list[Row]:
    """The rows of such a text."""
    rows = []
    part = at = ""
    for line in text.splitlines():
        row = _ROW.fullmatch(line)
        if line.startswith(_PART):
            part, at = line.removeprefix(_PART), ""
        elif row is not None and row[1] != "what":
            rows.append(Row(part, row[1], row[2], row[3], at))
        elif part and line and not line.startswith("|"):
            at = line
    return rows


def merged(before: Sequence[Row], found: Sequence[Row]) -> list[Row]:
    """The rows of before, each part that was measured anew replaced in its place, new parts at the end."""
    fresh: dict[str, list[Row]] = {}
    for row in found:
        fresh.setdefault(row.part, []).append(row)
    known = dict.fromkeys(row.part for row in before)
    result = []
    for part in [*known, *(part for part in fresh if part not in known)]:
        result += fresh.get(part) or [row for row in before if row.part == part]
    return result
