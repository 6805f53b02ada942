"""The commands as a person types them: what they print, what they return, what they leave on disk."""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from etl.commands.app import app
from etl.paths import PROJECT
from etl.sample.write import SampleOptions, write_sample
from etl.warehouse import store


def nianbao(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "reports"
    write_sample(folder, SampleOptions(3, (2021, 2022)))
    return folder


def test_load_tells_the_outcomes_and_the_second_time_that_nothing_changed(reports: Path, tmp_path: Path) -> None:
    first = nianbao("load", reports, "--warehouse", tmp_path / "w", "--jobs", "1")
    assert first.exit_code == 0 and "loaded" in first.output
    second = nianbao("load", reports, "--warehouse", tmp_path / "w", "--jobs", "1")
    assert second.exit_code == 0 and "nothing has changed" in second.output


def test_load_with_a_bad_file_returns_1_and_names_it(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").touch()
    result = nianbao("load", reports, tmp_path / "bad.txt", "--warehouse", tmp_path / "w", "--jobs", "1")
    assert result.exit_code == 1
    assert "bad.txt" in result.output and "the file is empty" in result.output


def test_load_of_nothing_or_of_nowhere_returns_2(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert nianbao("load", tmp_path / "nothing", "--warehouse", tmp_path / "w").exit_code == 2
    assert nianbao("load", tmp_path / "nowhere", "--warehouse", tmp_path / "w").exit_code == 2
    assert nianbao("load").exit_code == 2
    assert not (tmp_path / "w" / "current").exists()


def test_the_manifest_has_a_row_for_every_file(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").touch()
    manifest = tmp_path / "files.csv"
    nianbao("load", reports, tmp_path / "bad.txt", "--warehouse", tmp_path / "w", "--jobs", "1", "--manifest", manifest)
    with manifest.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(1 for one in reports.rglob("*") if one.is_file()) + 1
    assert [(row["outcome"], row["reason"]) for row in rows if row["path"].endswith("bad.txt")] == [
        ("rejected", "empty")
    ]


def test_a_load_beside_another_says_so(reports: Path, tmp_path: Path) -> None:
    with store.load_lock(tmp_path / "w"):
        result = nianbao("load", reports, "--warehouse", tmp_path / "w", "--jobs", "1")
    assert result.exit_code == 3 and "another load" in result.output


def test_a_damaged_warehouse_is_told_and_left_alone(reports: Path, tmp_path: Path) -> None:
    nianbao("load", reports, "--warehouse", tmp_path / "w", "--jobs", "1")
    store.current_file(tmp_path / "w").write_bytes(b"rubbish" * 1000)
    result = nianbao("load", reports, "--warehouse", tmp_path / "w", "--jobs", "1")
    assert result.exit_code == 3 and "damaged" in result.output


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "w").mkdir(mode=0o500)
    assert nianbao("load", reports, "--warehouse", tmp_path / "w", "--jobs", "1").exit_code == 3


def test_cluster_without_its_extra_says_what_to_install(reports: Path, tmp_path: Path) -> None:
    if subprocess.run([sys.executable, "-c", "import distributed"], capture_output=True, check=False).returncode == 0:
        pytest.skip("the extra is installed")
    result = nianbao("load", reports, "--warehouse", tmp_path / "w", "--cluster", "tcp://127.0.0.1:1")
    assert result.exit_code == 3 and "nianbao[cluster]" in result.output


def test_explain_gives_the_cells_with_their_places(reports: Path) -> None:
    report = sorted(reports.rglob("*.txt"))[0]
    truth = json.loads(report.with_suffix(".truth.json").read_text(encoding="utf-8"))
    result = nianbao("explain", report)
    assert result.exit_code == 0
    assert truth["agency"] in result.output and "3/received/total" in result.output and "line " in result.output


def explained(tmp_path: Path, name: str, year: int) -> str:
    path = tmp_path / "report.txt"
    path.write_text(f"{name}{year}年政府信息公开工作年度报告\n一、总体情况\n平稳。", encoding="utf-8")
    result = nianbao("explain", path)
    assert result.exit_code == 0
    return result.output


def test_explain_tells_a_former_name_and_every_place_that_it_could_be(tmp_path: Path) -> None:
    assert "county then: 孟津县" in explained(tmp_path, "孟津县财政局", 2019)
    told = explained(tmp_path, "太平镇人民政府", 2022)
    assert told.count("could be ") > 20 and "(ambiguous)" in told


def test_explain_says_that_a_report_of_the_sample_is_a_transcription() -> None:
    report = next((PROJECT / "data" / "reports").rglob("*.html"))
    assert "a transcription: figures as printed, prose summarised" in nianbao("explain", report).output


def test_explain_of_what_is_no_report_gives_the_reason(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("明天下午三点开会，请准时参加。", encoding="utf-8")
    result = nianbao("explain", tmp_path / "note.txt")
    assert result.exit_code == 1 and "not_a_report" in result.output


def test_score_counts_and_fails_on_a_wrong_cell(reports: Path, tmp_path: Path) -> None:
    report = sorted(reports.rglob("*.txt"))[0]
    truth = json.loads(report.with_suffix(".truth.json").read_text(encoding="utf-8"))
    (tmp_path / report.name).write_bytes(report.read_bytes())
    beside = (tmp_path / report.name).with_suffix(".truth.json")
    beside.write_text(json.dumps(truth), encoding="utf-8")
    assert nianbao("score", tmp_path).exit_code == 0
    key = next(key for key, value in truth["cells"].items() if value is not None)
    truth["cells"][key] += 1
    beside.write_text(json.dumps(truth), encoding="utf-8")
    result = nianbao("score", tmp_path)
    assert result.exit_code == 1 and key in result.output and "wrong" in result.output


def test_score_of_a_folder_without_truth_returns_2(tmp_path: Path) -> None:
    assert nianbao("score", tmp_path).exit_code == 2


def test_export_writes_the_zip_and_refuses_unknown_filters(full_warehouse: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    assert nianbao("export", out, "year=2022", "--warehouse", full_warehouse).exit_code == 0
    assert "reports_wide.csv" in zipfile.ZipFile(out).namelist()
    assert nianbao("export", out, "colour=red", "--warehouse", full_warehouse).exit_code == 2
    assert nianbao("export", out, "--warehouse", tmp_path / "nowhere").exit_code == 2


def test_serve_answers_and_ends_with_its_process(one_report_warehouse: Path) -> None:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    health = f"http://localhost:{port}/_stcore/health"
    command = [sys.executable, "-c", "from etl.cli import main; main()", "serve", "--port", str(port)]
    with subprocess.Popen([*command, "--warehouse", str(one_report_warehouse)], stdout=subprocess.DEVNULL) as child:
        try:
            assert _answers(health)
        finally:
            child.terminate()
            child.wait(20)
    with pytest.raises(OSError):
        urllib.request.urlopen(health, timeout=1)


def _answers(address: str) -> bool:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.3)
    return False
