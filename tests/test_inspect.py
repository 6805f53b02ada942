"""check, diff and sample: what they print and return."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from msgspec.structs import replace
from typer.testing import CliRunner, Result

from etl.commands.app import app
from etl.report import Finding, Severity, State
from etl.warehouse.diff import differences
from tests import made_up


def nianbao(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def doubtful(folder: Path) -> Path:
    report = made_up.report(made_up.AGENCIES[0], 2023)
    found = (
        Finding("A1", Severity.ERROR, "1 + 2 ≠ 4", "line [9]", cause="X7", cells=("3/received/total",)),
        Finding("S2", Severity.INFO, "五"),
    )
    return made_up.warehouse(folder, [replace(report, findings=found)])


def test_check_prints_findings_gravest_first_and_as_data(tmp_path: Path) -> None:
    folder = doubtful(tmp_path)
    table = nianbao("check", "--warehouse", folder).output
    assert table.index("A1") < table.index("S2") and " findings" in table
    assert "X7" in table and "line [9]" in table
    rows = list(csv.DictReader(io.StringIO(nianbao("check", "--format", "csv", "--warehouse", folder).output)))
    assert (rows[0]["rule"], rows[0]["cells"], rows[-1]["rule"]) == ("A1", "3/received/total", "S2")
    assert (rows[0]["cause"], rows[0]["place"]) == ("X7 未计上年结转", "line [9]")
    only = json.loads(nianbao("check", "--format", "json", "--severity", "info", "--warehouse", folder).output)
    assert {row["severity"] for row in only} == {"info"} and "S2" in {row["rule"] for row in only}


def test_check_fails_on_errors_when_strict(tmp_path: Path, one_report_warehouse: Path) -> None:
    assert nianbao("check", "--strict", "--warehouse", doubtful(tmp_path)).exit_code == 1
    assert nianbao("check", "--warehouse", tmp_path).exit_code == 0
    assert nianbao("check", "--strict", "--warehouse", one_report_warehouse).exit_code == 0
    assert nianbao("check", "--warehouse", tmp_path / "nowhere").exit_code == 2


def test_what_check_shows_does_not_soften_strict(tmp_path: Path, one_report_warehouse: Path) -> None:
    folder = doubtful(tmp_path)
    for severity in Severity:
        assert nianbao("check", "--strict", "--severity", severity.value, "--warehouse", folder).exit_code == 1
        asked = ("check", "--strict", "--severity", severity.value, "--warehouse", one_report_warehouse)
        assert nianbao(*asked).exit_code == 0


def test_diff_tells_reports_cells_and_findings(tmp_path: Path) -> None:
    one, two = (made_up.report(agency, 2023) for agency in made_up.AGENCIES[:2])
    changed = made_up.blanked(one, {"3/received/total": State.UNREADABLE})
    changed = replace(changed, findings=(Finding("V2", Severity.WARNING, "十二件"),))
    old = made_up.warehouse(tmp_path / "old", [one])
    new = made_up.warehouse(tmp_path / "new", [changed, two])
    found = differences(old, new)
    assert [(row.what, row.change) for row in found["reports"]] == [("东示例县示例局-990121-2023", "added")]
    assert [(row.what.split()[-1], row.new.split()[0]) for row in found["cells"]] == [
        ("3/received/total", "unreadable")
    ]
    assert [(row.change, row.new) for row in found["findings"]] == [("added", "十二件")]
    assert not any(differences(old, old).values())
    assert "cells: 1 differ" in nianbao("diff", old, new).output
    assert nianbao("diff", old, tmp_path).exit_code == 2


def test_sample_writes_files_or_a_warehouse(tmp_path: Path) -> None:
    assert nianbao("sample", tmp_path / "s", "--agencies", "2", "--years", "2021-2022").exit_code == 0
    assert len(list((tmp_path / "s").rglob("*.txt"))) == len(list((tmp_path / "s").rglob("*.truth.json"))) == 4
    straight = nianbao("sample", tmp_path / "w", "--agencies", "3", "--years", "2021-2022", "--format", "warehouse")
    assert straight.exit_code == 0 and (tmp_path / "w" / "current").exists()
    assert nianbao("sample", tmp_path / "x", "--years", "2022-2021").exit_code == 2
    assert nianbao("sample", tmp_path / "x", "--format", "papyrus").exit_code == 2


def test_sample_writes_the_layouts_that_are_asked_for(tmp_path: Path) -> None:
    chosen = ("--format", "html,docx", "--layout", "nested")
    told = nianbao("sample", tmp_path, "--agencies", "1", "--years", "2021-2024", *chosen)
    assert told.exit_code == 0 and "4 reports" in told.output
    layouts = [json.loads(path.read_text("utf-8"))["layout"] for path in tmp_path.rglob("*.truth.json")]
    assert sorted(layouts) == ["docx nested"] * 2 + ["html nested"] * 2
    assert nianbao("sample", tmp_path, "--layout", "papyrus").exit_code == 2
