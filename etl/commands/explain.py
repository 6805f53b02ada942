"""Tells how a file was read, for a person who wants to know where a number came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from etl.commands.console import visible
from etl.document import Rejected
from etl.load.limits import limited
from etl.load.scan import MOST_BYTES
from etl.pipeline import read_report
from etl.report import Report, ReportCell


def explain_file(path: Path, console: Console) -> None:
    """Print the reading of one file, within the limits of a load. Raises Rejected when it is no report."""
    if path.stat().st_size > MOST_BYTES:
        raise Rejected("too_large", f"{path.stat().st_size} bytes")
    with limited():
        report = read_report(path, path.read_bytes())
    for line in _head(report):
        console.print(visible(line), markup=False, highlight=False)
    console.print(_cells(report.cells))
    for line in _rest(report):
        console.print(visible(line), markup=False, highlight=False)


def _head(report: Report) -> Iterator[str]:
    who, region = report.identity, report.region
    yield f"file       {report.source_path} ({report.layout}, sha256 {report.source_sha256[:16]})"
    yield f"title      {who.title}"
    yield f"agency     {who.agency or '?'} ({who.kind})"
    yield f"year       {who.year or '?'}, signed {who.published_on or '?'}, form {report.form}"
    places = (region.province, region.city, region.county, region.township)
    yield f"region     {' '.join(place for place in places if place) or '?'} ({region.level})"
    if region.county_then != region.county:
        yield f"           county then: {region.county_then}"
    for candidate in region.candidates:
        yield f"           could be {candidate}"
    if report.transcribed:
        yield "           a transcription: figures as printed, prose summarised"


def _cells(cells: tuple[ReportCell, ...]) -> Table:
    states = Counter(cell.state.value for cell in cells)
    told = ", ".join(f"{number} {state}" for state, number in states.items()) or "no table was found"
    table = Table("cell", "value", "state", "printed", "place", title=f"cells: {told}")
    for cell in cells:
        value = "" if cell.value is None else f"{cell.value:g}"
        table.add_row(cell.at.key, value, cell.state.value, escape(visible(cell.printed)), escape(visible(cell.place)))
    return table


def _rest(report: Report) -> Iterator[str]:
    for section in report.sections:
        yield f"section {section.section_no}  {section.heading} ({section.place}, {len(section.text)} characters)"
    themes = [*report.problem_themes, *report.remedy_themes]
    statements = [("problem", text) for text in report.statements.problems]
    statements += [("remedy", text) for text in report.statements.remedies]
    for (kind, text), keys in zip(statements, themes, strict=True):
        yield f"{kind:9}  {text} [{', '.join(keys)}]"
    yield "words      " + " ".join(f"{term}×{n}" for term, n in report.terms)
    for finding in report.findings:
        cells = f" {' '.join(finding.cells)}" if finding.cells else ""
        yield f"finding    {finding.rule} {finding.severity.value}: {finding.message} ({finding.place}){cells}"
