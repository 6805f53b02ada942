"""Known errors of sources: each is still printed in the shipped reports, is told, and changes no figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner, Result

from etl.checks.corrections import KnownError, check_known, known_errors, stale
from etl.checks.equations import equations
from etl.commands.app import app
from etl.load.scan import scan
from etl.paths import SAMPLE_REPORTS
from etl.pipeline import read_report
from etl.prose.marks import of_transcription
from etl.report import Finding, Region, Report, ReportCell, Severity, State
from etl.warehouse.store import read_current


@pytest.fixture(scope="module")
def shipped() -> list[Report]:
    wanted = {f"-{row.year}" for row in known_errors()}
    offers = [offer for offer in scan([SAMPLE_REPORTS]) if not offer.ignored]
    paths = [offer.path for offer in offers if any(year in str(offer.path) for year in wanted)]
    return [read_report(Path(path), Path(path).read_bytes()) for path in paths]


def report_of(row: KnownError, reports: list[Report]) -> Report:
    [found] = [one for one in reports if (one.identity.agency, one.identity.year) == (row.agency, row.year)]
    return found


def test_no_row_is_stale(shipped: list[Report]) -> None:
    assert list(stale(shipped)) == []


def test_a_row_that_the_report_no_longer_bears_out_is_stale(shipped: list[Report]) -> None:
    row = known_errors()[0]
    report = report_of(row, shipped)
    mended = printing(report, row.cell, State.NUMBER, 26.0, "26")
    others = [one for one in shipped if one is not report]
    assert list(stale([*others, mended])) == [row]
    assert row in list(stale(others))
    assert [one.cells for one in outdated(mended)] == [(row.cell,)]


def printing(report: Report, key: str, state: State, value: float | None, printed: str) -> Report:
    cells = (ReportCell(one.at, value, state, printed, one.place) if one.at.key == key else one for one in report.cells)
    return replace(report, cells=tuple(cells))


def outdated(report: Report) -> list[Finding]:
    return [one for one in check_known(report.identity, report.region, report.cells) if one.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("state", "value", "printed", "message"),
    [
        (State.NUMBER, 20.0, "20件", None),
        (State.NUMBER, 26.0, "26", "known error was 20, printed 26"),
        (State.DASH, None, "/", "known error was 20, printed /"),
        (State.BLANK, None, "", "known error was 20, now blank"),
        (State.UNREADABLE, None, "2021", None),
        (State.MISSING, None, "", None),
    ],
)
def test_what_is_not_read_does_not_speak_against_a_row(
    state: State, value: float | None, printed: str, message: str | None, shipped: list[Report]
) -> None:
    row = known_errors()[0]
    assert row.printed == "20"
    report = report_of(row, shipped)
    changed = printing(report, row.cell, state, value, printed)
    assert [one.message for one in outdated(changed)] == ([message] if message else [])


def test_an_agency_of_the_same_name_elsewhere_is_another(shipped: list[Report]) -> None:
    row = known_errors()[0]
    report = report_of(row, shipped)
    elsewhere = Region(province="江苏省", province_code="320000", county="金湖县", county_code="320831")
    assert check_known(report.identity, report.region, report.cells)
    for region in (elsewhere, Region()):
        assert check_known(report.identity, region, report.cells) == ()
        assert row in list(stale([replace(report, region=region)]))


def test_a_load_that_meets_another_print_names_the_row_and_does_not_end_well(tmp_path: Path) -> None:
    row = next(one for one in known_errors() if one.cell == "4/litigation_direct/total")
    printed, mended = "| 2 | 0 | 1 | 0 | 0 |", "| 2 | 0 | 1 | 0 | 3 |"
    [path] = SAMPLE_REPORTS.rglob(f"jinhu-*-{row.year}.txt")
    text = path.read_text("utf-8")
    report = tmp_path / "report.txt"
    report.write_text(text, "utf-8")
    assert nianbao("load", report, "--warehouse", tmp_path / "w").exit_code == 0
    report.write_text(text.replace(printed, mended), "utf-8")
    told = nianbao("load", report, "--warehouse", tmp_path / "w")
    assert told.exit_code == 1
    assert "corrections.yml" in told.output and "known error was 0, printed 3" in told.output
    again = nianbao("load", report, "--warehouse", tmp_path / "w")
    assert again.exit_code == 1, "until somebody mends the row"
    assert nianbao("check", "--severity", "info", "--strict", "--warehouse", tmp_path / "w").exit_code == 1
    [(value,)] = figure(tmp_path / "w", row)
    assert value == 3, "no figure is changed"


def nianbao(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def figure(folder: Path, row: KnownError) -> list[tuple[float]]:
    with read_current(folder) as connection:
        asked = "select value from cells where key = $key and agency = $agency"
        return connection.execute(asked, {"key": row.cell, "agency": row.agency}).fetchall()


@pytest.mark.parametrize("row", known_errors(), ids=lambda row: f"{row.year} {row.cell}")
def test_each_is_told_beside_the_figure_as_printed(row: KnownError, shipped: list[Report]) -> None:
    report = report_of(row, shipped)
    [cell] = [one for one in report.cells if one.at.key == row.cell]
    assert (cell.printed.strip(), cell.value) == (row.printed, float(row.printed))
    [found] = [one for one in report.findings if one.rule == "K1" and one.cells == (row.cell,)]
    assert found.severity is Severity.INFO
    assert row.reason in found.message
    assert found.place == cell.place


def test_what_is_meant_mends_a_sum(shipped: list[Report]) -> None:
    for row in (one for one in known_errors() if one.meant is not None):
        report = report_of(row, shipped)
        values = {cell.at.key: cell.value for cell in report.cells}
        lines = [one for one in equations(report.form) if row.cell in one.cells and one.over == "columns"]
        assert [one for one in lines if one.excess(values)]
        assert not [one for one in lines if one.excess({**values, row.cell: row.meant})]


def test_what_a_transcription_leaves_out_is_no_error_of_the_agency(shipped: list[Report]) -> None:
    left_out = [one for report in shipped for one in report.findings if one.rule in ("S1", "S5")]
    assert left_out
    assert {one.severity for one in left_out} == {Severity.INFO}
    excerpt = Finding("S5", Severity.ERROR, "table 3: 7 cells not found")
    broken = Finding("S4", Severity.ERROR, "row printed twice")
    assert [one.severity for one in of_transcription([excerpt, broken])] == [Severity.INFO, Severity.ERROR]
