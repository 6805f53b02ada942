"""Golden cases of the table reader: a text layout or a web page beside the cells that a person reads in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.readers import read
from etl.report import Finding, ReportCell
from etl.tables.tables import TablesRead, read_tables

CASES = Path(__file__).parent / "golden" / "tables"


def cell_text(cell: ReportCell) -> str:
    """One cell as `state value place`, short enough to compare by eye."""
    value = "" if cell.value is None else f" {cell.value:g}"
    return f"{cell.state.value}{value} [{cell.printed}] {cell.place}"


def finding_text(finding: Finding) -> str:
    """One finding as `rule severity message [cells] place`."""
    return f"{finding.rule} {finding.severity} {finding.message} [{' '.join(finding.cells)}] {finding.place}"


def plain(told: TablesRead) -> dict[str, object]:
    return {
        "form": told.form,
        "cells": {cell.at.key: cell_text(cell) for cell in told.cells},
        "findings": [finding_text(finding) for finding in told.findings],
    }


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case(case: Path, pytestconfig: pytest.Config) -> None:
    (source,) = case.glob("input.*")
    told = plain(read_tables(read(source, source.read_bytes())))
    expected = case / "expected.json"
    if pytestconfig.getoption("update_golden"):
        expected.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert told == json.loads(expected.read_text(encoding="utf-8"))
