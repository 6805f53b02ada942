"""The forms as data: complete, consistent, and equal to the published key lists where these are at hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.form import form_in, forms

SHARED = Path(__file__).resolve().parents[2] / "shared" / "forms"


@pytest.mark.parametrize("version", sorted(forms()))
def test_keys_are_unique_and_sums_name_known_keys(version: str) -> None:
    form = forms()[version]
    keys = [cell.key for cell in form.cells()]
    assert len(keys) == len(set(keys))
    for table in form.tables:
        rows = {row.key for row in table.rows}
        columns = {column.key for row in table.rows for column in row.columns}
        for total in table.sums:
            assert {*total.left, *total.right} <= (rows if total.over == "rows" else columns)


@pytest.mark.parametrize("version", ["2021", "2019"])
def test_sums_a_report(version: str) -> None:
    checks = 0
    for table in forms()[version].tables:
        for total in table.sums:
            checks += len(table.rows[0].columns) if total.over == "rows" else len(table.rows)
    assert checks == {"2021": 42, "2019": 40}[version]


@pytest.mark.parametrize(
    ("told", "year", "form"),
    [("2021", 2015, "2021"), ("unknown", 2015, "pre2019"), ("unknown", 2022, "unknown"), ("unknown", None, "unknown")],
)
def test_a_report_without_tables_has_the_form_of_its_year_only_before_there_were_tables(
    told: str, year: int | None, form: str
) -> None:
    assert form_in(told, year) == form


def test_a_missing_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        forms()["2021"].table(9)


@pytest.mark.parametrize("version", ["2021", "2019"])
def test_cells_are_those_of_the_published_list(version: str) -> None:
    path = SHARED / f"form_{version}.csv"
    if not path.exists():
        pytest.skip("the published key lists are not beside the project")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        listed = [f"{row['table_no']}/{row['row']}/{row['column']}" for row in csv.DictReader(lines)]
    assert [cell.key for cell in forms()[version].cells()] == listed
