"""The command `nianbao`: what it offers and what its exit codes mean."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from etl.checks.check import outdated_corrections
from etl.commands.cli_inspect import check, diff, sample
from etl.commands.console import (
    console,
    errors,
    print_outcomes,
    print_outdated,
    progress_bar,
    visible,
    write_manifest,
)
from etl.commands.explain import explain_file
from etl.commands.failures import BAD_USAGE, failures, give_up
from etl.commands.score import score_folder
from etl.commands.score_table import print_score
from etl.commands.serve import serve as serve_dashboard
from etl.document import Rejected
from etl.load.executors import Place, apart, cluster, local
from etl.load.load import Loaded, Options
from etl.load.load import load as load_files
from etl.load.outcomes import explain as why
from etl.paths import warehouse_folder
from etl.warehouse.export import FILTERS, parse_filters
from etl.warehouse.export import export as export_zip
from etl.warehouse.store import current_file

SOME_REJECTED = 1
CORES = os.cpu_count() or 1
_FEW = 20
_PLAIN = (".txt", ".md")

app = typer.Typer(
    help="政府信息公开工作年度报告：载入、比较、下载。Loads annual reports on disclosure and compares agencies.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)

Paths = Annotated[list[Path], typer.Argument(exists=True, help="files and folders of reports")]
Warehouse = Annotated[Path | None, typer.Option("--warehouse", file_okay=False, help="default data/warehouse")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="processes; default: one per core")]


@app.command()
def load(
    paths: Paths,
    warehouse: Warehouse = None,
    jobs: Jobs = CORES,
    cluster_address: Annotated[
        str | None, typer.Option("--cluster", help="address of a Dask scheduler whose workers see the same paths")
    ] = None,
    manifest: Annotated[Path | None, typer.Option(dir_okay=False, help="write what became of each file as CSV")] = None,
) -> None:
    """Read reports into the warehouse. Repeating it is safe: unchanged files are skipped.

    Exit code 0 all well, 1 some files rejected or a row of corrections.yml out of date, 2 nothing to load or bad
    usage, 3 the load could not be done.
    """
    folder = warehouse or warehouse_folder()
    with failures(folder), progress_bar("loading") as progress:
        place = cluster(cluster_address) if cluster_address else _place(paths, jobs)
        loaded = load_files(paths, Options(folder, place, progress))
    print_outcomes(loaded)
    if manifest is not None:
        _write(manifest, loaded)
    counts = loaded.counts()
    if counts.total() == counts["ignored"]:
        errors.print("there is no file to load")
        raise typer.Exit(BAD_USAGE)
    with failures(folder):
        console.print(f"\nwarehouse: {current_file(folder)}" + ("" if loaded.build else " (nothing has changed)"))
        outdated = outdated_corrections(folder)
    print_outdated(outdated)
    if counts["rejected"] or outdated:
        raise typer.Exit(SOME_REJECTED)


def _write(manifest: Path, loaded: Loaded) -> None:
    try:
        write_manifest(manifest, loaded)
    except OSError as error:
        give_up(f"everything is loaded, only the manifest is not written: {error}; repeat the load to get it", error)


def _place(paths: list[Path], jobs: int) -> Place:
    """This process for a few small files of text: starting others takes longer than reading them.

    Whatever else is read apart, so that a file that breaks a library does not break the load.
    """
    small = len(paths) <= _FEW and all(path.is_file() and path.suffix.lower() in _PLAIN for path in paths)
    return local(1) if small else apart(jobs)


@app.command()
def serve(
    warehouse: Warehouse = None,
    host: Annotated[str, typer.Option(help="address to listen at")] = "localhost",
    port: Annotated[int, typer.Option(help="port to listen at")] = 8501,
) -> None:
    """Serve the dashboard."""
    console.print(f"http://{host}:{port}")
    raise typer.Exit(serve_dashboard(warehouse or warehouse_folder(), host, port))


@app.command()
def explain(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="one report")]) -> None:
    """Tell how a file is read: identity, region, every cell with its place, sections, problems, what is doubtful."""
    try:
        with failures(file.parent):
            explain_file(file, console)
    except Rejected as rejected:
        told = visible(f"{file}: {rejected.reason}: {why(rejected.reason)} {rejected.detail}")
        errors.print(told, markup=False)
        raise typer.Exit(SOME_REJECTED) from rejected


@app.command()
def score(
    folder: Annotated[Path, typer.Argument(exists=True, help="reports with NAME.truth.json beside them")],
) -> None:
    """Compare what is read with what a person read. Exit code 1 when a cell is wrong or invented."""
    with failures(folder):
        scored = score_folder(folder)
    if not scored:
        errors.print("there is no report with a truth file")
        raise typer.Exit(BAD_USAGE)
    if not print_score(scored, console):
        raise typer.Exit(SOME_REJECTED)


@app.command()
def export(
    out: Annotated[Path, typer.Argument(dir_okay=False, help="the zip to write")],
    filters: Annotated[
        list[str] | None, typer.Argument(help="as in the page's address, e.g. year=2023 county=350128 kind=township")
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """Write everything that the filters leave as CSV files in a zip."""
    folder = warehouse or warehouse_folder()
    try:
        chosen = parse_filters(filters or ())
    except ValueError as error:
        give_up(f"no filter: {error}; known are {', '.join(FILTERS)}, written name=value", error, BAD_USAGE)
    with failures(folder):
        rows = export_zip(folder, out, chosen)
    for name, number in rows.items():
        console.print(f"{name}.csv  {number}", highlight=False)


for command in (check, diff, sample):
    app.command()(command)
