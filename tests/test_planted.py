"""Each planted error is found by its rule, on its cells, with its cause; reports without one raise no error."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from etl.load.load import Options, load
from etl.sample.plant import PLANTS
from etl.sample.planted import write_planted
from etl.sample.write import SampleOptions, all_shapes, write_sample
from etl.warehouse.store import read_current

FOUND = """
select s.path, f.rule, f.severity, f.cause, f.cells
from findings f join sources s using (report_id) where f.status = 'fail'
"""
EACH = 3
SEED = 7
PARTED = tuple(shape.layout for shape in all_shapes() if shape.format != "pdf" and not shape.joined)
Findings = dict[str, list[dict[str, Any]]]


def _findings(reports: Path, warehouse: Path) -> Findings:
    """The findings of each file by its name without ending."""
    load([reports], Options(warehouse))
    by_file: Findings = defaultdict(list)
    with read_current(warehouse) as connection:
        for path, rule, severity, cause, cells in connection.execute(FOUND).fetchall():
            found = {"rule": rule, "severity": severity, "cause": cause, "cells": cells}
            by_file[Path(path).stem].append(found)
    return by_file


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Findings]:
    folder = tmp_path_factory.mktemp("planted")
    write_planted(folder, EACH * len(PLANTS), SEED)
    return folder, _findings(folder, tmp_path_factory.mktemp("warehouse"))


@pytest.mark.parametrize("kind", [plant.__name__ for plant in PLANTS])
def test_a_planted_error_is_found(kind: str, planted: tuple[Path, Findings]) -> None:
    folder, findings = planted
    truths = {path.name.split(".")[0]: json.loads(path.read_text("utf-8")) for path in folder.glob("*.truth.json")}
    marks = {name: truth["planted"] for name, truth in truths.items() if truth.get("planted", {}).get("kind") == kind}
    assert len(marks) == EACH
    for name, mark in marks.items():
        told = [one for one in findings[name] if one["rule"] == mark["rule"]]
        assert told, (name, mark, findings[name])
        cells = {cell for one in told for cell in one["cells"]}
        assert set(mark["cells"]) <= cells, (name, mark, told)
        assert not mark["cause"] or mark["cause"] in {one["cause"] for one in told}, (name, mark, told)


def test_the_report_before_a_planted_error_has_none(planted: tuple[Path, Findings]) -> None:
    _, findings = planted
    before = {name: found for name, found in findings.items() if name.endswith("-2022")}
    assert [one for found in before.values() for one in found if one["severity"] == "error"] == []


def test_clean_reports_raise_no_error(tmp_path: Path) -> None:
    options = SampleOptions(30, (2018, 2023), ("txt", "md", "html", "docx"), PARTED, SEED)
    written = write_sample(tmp_path / "reports", options)
    findings = _findings(tmp_path / "reports", tmp_path / "warehouse")
    errors = [(name, one) for name, found in findings.items() for one in found if one["severity"] == "error"]
    assert written == 180
    assert errors == []
