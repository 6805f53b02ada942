"""The export: the rows that the filters leave, numbers as in the warehouse, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from etl.report import FormCell
from etl.warehouse import store
from etl.warehouse.export import FILES, export, parse_filters
from tests import made_up


def rows_of(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        raw = archive.read(f"{name}.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def test_filters_leave_what_they_name(full_warehouse: Path, tmp_path: Path) -> None:
    counts = export(full_warehouse, tmp_path / "out.zip", parse_filters(["year=2022", "county=990121", "kind=county"]))
    reports = rows_of(tmp_path / "out.zip", "reports_wide")
    assert [(one["agency"], one["year"]) for one in reports] == [(made_up.AGENCIES[0][0], "2022")]
    assert counts["reports_wide"] == 1 and counts["cells_long"] == 200
    assert {one["report_id"] for one in rows_of(tmp_path / "out.zip", "metrics_long")} == {reports[0]["report_id"]}


def test_without_filters_all_is_written(full_warehouse: Path, tmp_path: Path) -> None:
    export(full_warehouse, tmp_path / "out.zip", parse_filters([]))
    with store.read_current(full_warehouse) as connection:
        [(reports,)] = connection.execute("select count(*) from reports").fetchall()
        [(cells, numbers)] = connection.execute("select count(*), count(value) from cells").fetchall()
    assert len(rows_of(tmp_path / "out.zip", "reports_wide")) == reports
    written = rows_of(tmp_path / "out.zip", "cells_long")
    assert (len(written), sum(1 for one in written if one["value"])) == (cells, numbers)
    assert all((one["value"] != "") == (one["state"] == "number") for one in written)


def test_unassigned_and_same_agencies(full_warehouse: Path, tmp_path: Path) -> None:
    export(full_warehouse, tmp_path / "none.zip", parse_filters(["county=none"]))
    assert {one["agency"] for one in rows_of(tmp_path / "none.zip", "reports_wide")} == {made_up.AGENCIES[6][0]}
    export(full_warehouse, tmp_path / "same.zip", parse_filters(["year=2021", "year=2022", "same=1"]))
    agencies = {one["agency"] for one in rows_of(tmp_path / "same.zip", "reports_wide")}
    assert made_up.AGENCIES[3][0] not in agencies and len(agencies) == len(made_up.AGENCIES) - 1
    export(full_warehouse, tmp_path / "any.zip", parse_filters(["year=2021", "year=2022", "same=0"]))
    assert len({one["agency"] for one in rows_of(tmp_path / "any.zip", "reports_wide")}) == len(made_up.AGENCIES)


def test_several_parts_of_names_leave_the_agencies_that_hold_any(full_warehouse: Path, tmp_path: Path) -> None:
    export(full_warehouse, tmp_path / "out.zip", parse_filters(["agency=西示例", "agency=丙示例镇"]))
    found = {one["agency"] for one in rows_of(tmp_path / "out.zip", "reports_wide")}
    assert found == {name for name, _, _ in made_up.AGENCIES if "西示例" in name or "丙示例镇" in name}


def test_sound_leaves_reports_whose_sums_are_broken_out(tmp_path: Path) -> None:
    sound, broken = (made_up.report(agency, 2023) for agency in made_up.AGENCIES[:2])
    values = {one.at: one.value for one in broken.cells if one.value is not None}
    values[FormCell(3, "received", "total")] = 9999.0
    folder = made_up.warehouse(tmp_path / "w", [sound, replace(broken, cells=made_up.cells(values))])
    export(folder, tmp_path / "out.zip", parse_filters(["sound=1"]))
    assert [one["agency"] for one in rows_of(tmp_path / "out.zip", "reports_wide")] == [made_up.AGENCIES[0][0]]


def test_text_that_a_spreadsheet_would_run_is_disarmed(tmp_path: Path) -> None:
    report = made_up.report(made_up.AGENCIES[0], 2023)
    evil = replace(report, identity=replace(report.identity, agency="=HYPERLINK(1)示例局"))
    folder = made_up.warehouse(tmp_path / "w", [evil])
    export(folder, tmp_path / "out.zip", parse_filters([]))
    assert rows_of(tmp_path / "out.zip", "reports_wide")[0]["agency"].startswith("'=")


def test_the_readme_says_what_was_chosen_and_from_where(full_warehouse: Path, tmp_path: Path) -> None:
    export(full_warehouse, tmp_path / "out.zip", parse_filters(["year=2022"]))
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        readme = archive.read("README.txt").decode()
        assert set(archive.namelist()) == {*(f"{name}.csv" for name in FILES), "README.txt"}
    assert "year = 2022" in readme and store.current_file(full_warehouse).name in readme


@pytest.mark.parametrize("word", ["year", "year=x", "year=20", "place=1", "=1", "same=yes", "sound="])
def test_what_is_no_filter_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        parse_filters([word])
