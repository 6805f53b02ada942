"""The commands that look at a warehouse or make up reports: check, diff, sample."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from etl.checks.check import as_csv, as_json, findings, has_errors
from etl.commands.console import console, errors, visible
from etl.commands.failures import BAD_USAGE, failures
from etl.paths import warehouse_folder
from etl.report import Severity
from etl.sample.warehouse import write_warehouse
from etl.sample.write import SampleOptions, formats_and_layouts, write_sample
from etl.warehouse.diff import differences

_LISTED = 200
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_STRAIGHT = "warehouse"
_SHAPES = (
    "formats txt,md,html,docx,pdf or layouts of theirs (docs/accuracy.md shows them) in turn; `warehouse` fills one "
    "without files"
)


class Output(StrEnum):
    """How `check` prints."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def check(
    severity: Annotated[Severity | None, typer.Option(help="only findings of this weight")] = None,
    output: Annotated[Output, typer.Option("--format", help="how to print")] = Output.TABLE,
    strict: Annotated[
        bool, typer.Option("--strict", help="return 1 when there is an error, whatever --severity shows")
    ] = False,
    warehouse: Annotated[Path | None, typer.Option("--warehouse", file_okay=False)] = None,
) -> None:
    """Print what is doubtful in the reports."""
    folder = warehouse or warehouse_folder()
    with failures(folder):
        rows = findings(folder, severity.value if severity else None)
        fails = strict and has_errors(folder)
    if output is Output.TABLE:
        table = Table("severity", "rule", "report", "message", "cause", "cells", "place")
        for row in rows[:_LISTED]:
            told = (row[name] for name in ("report", "message", "cause", "cells", "place"))
            words = (row["severity"], f"{row['rule']} {row['meaning']}", *told)
            table.add_row(*(escape(visible(word)) for word in words))
        console.print(table)
        console.print(f"{len(rows)} findings" + (f", {_LISTED} shown" if len(rows) > _LISTED else ""))
    else:
        typer.echo(as_csv(rows) if output is Output.CSV else as_json(rows))
    if fails:
        raise typer.Exit(1)


def diff(
    old: Annotated[Path, typer.Argument(exists=True, help="warehouse folder or DuckDB file")],
    new: Annotated[Path, typer.Argument(exists=True, help="warehouse folder or DuckDB file")],
) -> None:
    """Tell what differs between two warehouses: reports, cells, findings."""
    with failures(new):
        found = differences(old, new)
    for part, rows in found.items():
        console.print(f"{part}: {len(rows)} differ")
        for row in rows[:_LISTED]:
            told = visible(f"  {row.change} {row.what}: {row.old} -> {row.new}")
            console.print(told, markup=False, highlight=False)


def sample(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="where to write")],
    agencies: Annotated[int, typer.Option(min=1, help="how many agencies")] = 20,
    years: Annotated[str, typer.Option(help="first and last year")] = "2019-2024",
    shapes: Annotated[list[str] | None, typer.Option("--format", "--layout", help=_SHAPES, show_default="txt")] = None,
    seed: Annotated[int, typer.Option(help="another number, other figures")] = 0,
) -> None:
    """Write made-up reports of a made-up country, each with its truth beside it."""
    span = _YEARS.fullmatch(years)
    if span is None or span[1] > span[2]:
        _refuse(f"--years {years}: write the first and the last, such as 2019-2024")
        return
    first_last = (int(span[1]), int(span[2]))
    names = tuple(name for some in shapes or ["txt"] for name in some.split(","))
    try:
        with failures(folder):
            if names == (_STRAIGHT,):
                written = write_warehouse(folder, agencies, first_last, seed)
            else:
                formats, layouts = formats_and_layouts(names)
                jobs = os.cpu_count() or 1
                written = write_sample(folder, SampleOptions(agencies, first_last, formats, layouts, seed, jobs))
        console.print(f"{written} reports")
    except ValueError as error:
        _refuse(str(error))


def _refuse(message: str) -> None:
    errors.print(message, markup=False)
    raise typer.Exit(BAD_USAGE)
