"""Known errors of sources: each is still printed in the shipped reports, is told, and changes no figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl.checks.corrections import KnownError, check_known, known_errors, stale
from etl.checks.equations import equations
from etl.load.scan import scan
from etl.paths import SAMPLE_REPORTS
from etl.pipeline import read_report
from etl.prose.marks import of_transcription
from etl.report import Finding, Report, Severity


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
    mended = replace(
        report, cells=tuple(replace(one, printed="26") if one.at.key == row.cell else one for one in report.cells)
    )
    others = [one for one in shipped if one is not report]
    assert list(stale([*others, mended])) == [row]
    assert row in list(stale(others))
    warnings = [one for one in check_known(mended.identity, mended.cells) if one.severity is Severity.WARNING]
    assert [one.cells for one in warnings] == [(row.cell,)]


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
