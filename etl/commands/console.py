"""What the commands print: the table of outcomes, and the manifest of a load as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from etl.checks.check import Row
from etl.load.load import NOT_COUNTED, Loaded, Outcome
from etl.load.load import Progress as Told
from etl.load.outcomes import explain, words
from etl.spreadsheet import harmless

_WIDE = 160
console = Console(soft_wrap=True)
if not console.is_terminal:
    console.width = _WIDE
errors = Console(stderr=True, soft_wrap=True)
_LISTED = 100
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """The text without what a terminal would obey: a file may be called, or say, anything."""
    return _OBEYED.sub("\ufffd", text)


@contextmanager
def progress_bar(title: str) -> Iterator[Told]:
    """A bar on the terminal; nothing is drawn where the output is no terminal."""
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        bar = progress.add_task(title, total=None)
        yield lambda done, files: progress.update(bar, completed=done, total=files)


def print_outcomes(loaded: Loaded) -> None:
    """How many files came to what, then every file that does not count, with the reason, by outcome."""
    table = Table("outcome", "files", "结果")
    counts = loaded.counts()
    for outcome, (chinese, english) in words().outcomes.items():
        if counts[outcome]:
            table.add_row(english, str(counts[outcome]), chinese)
    console.print(table)
    doubtful = sorted((one for one in loaded.outcomes if one.outcome in NOT_COUNTED), key=lambda one: one.outcome)
    for outcome, files in groupby(doubtful, key=lambda one: one.outcome):
        _print_files(outcome, list(files))


def _print_files(outcome: str, files: list[Outcome]) -> None:
    console.print(f"\n[bold]{outcome}[/bold]")
    for one in files[:_LISTED]:
        console.print(f"  {escape(visible(one.shown))}  {escape(visible(_why(one)))}", highlight=False)
    if len(files) > _LISTED:
        console.print(f"  … {len(files) - _LISTED} more; all of them are in --manifest and in the view `sources`")


def _why(one: Outcome) -> str:
    if one.reason is None:
        return one.report_id or ""
    detail = f" ({one.detail})" if one.detail else ""
    return f"{one.reason}: {explain(one.reason)}{detail}"


def print_outdated(rows: list[Row]) -> None:
    """Every known error that its report does not print any more, with what to do."""
    if rows:
        console.print("\n[bold]out of date: these rows of data/corrections.yml; mend or remove them[/bold]")
    for row in rows:
        told = visible(f"  {row['source_path']}  {row['place']}  {row['message']}")
        console.print(told, markup=False, highlight=False)


def write_manifest(path: Path, loaded: Loaded) -> None:
    """One row per file offered, in UTF-8 with a byte order mark, so that Excel opens it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("path", "outcome", "reason", "detail", "report_id"))
        for one in loaded.outcomes:
            writer.writerow(map(harmless, (one.shown, one.outcome, one.reason, one.detail, one.report_id)))
