"""The comparison page: what a change is told in, and what has no share."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from msgspec.structs import replace

from dashboard.catalogue import catalogue
from etl.report import Report
from tests import made_up
from tests.test_pages import opened

WORDS = catalogue("zh")
RECEIVED = {2021: 4.0, 2022: 6.0, 2023: 12.0}
CARRIED_OUT = {2021: 0.0, 2022: 5.0, 2023: 5.0}


def _reports() -> list[Report]:
    found = []
    for year, received in RECEIVED.items():
        one = made_up.report(made_up.AGENCIES[0], year)
        told = {"3/received/total": received, "3/carried_out/total": CARRIED_OUT[year], "3/carried_in/total": 2.0}
        cells = tuple(replace(cell, value=told.get(cell.at.key, cell.value)) for cell in one.cells)
        found.append(replace(one, cells=cells))
    return found


@pytest.fixture(autouse=True)
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(made_up.warehouse(tmp_path, _reports())))


def _table(metric: str) -> pd.DataFrame:
    app = opened("compare", metric=metric, basis="change", by="agency")
    assert not app.exception
    return next(one.value for one in app.dataframe if WORDS("basis.change") in one.value.columns)


def test_a_change_on_a_small_base_says_so() -> None:
    table = _table("applications_received")
    assert list(table[WORDS("basis.change")])[1:] == [0.5, 1.0]
    small = WORDS("format.small_base", change="+50.0%")
    assert list(table[WORDS("column.why")]) == [
        WORDS("basis.no_base"),
        small,
        WORDS("format.small_base", change="+100.0%"),
    ]


def test_a_count_that_can_be_negative_changes_by_a_number_and_has_no_share() -> None:
    assert list(_table("backlog_change")[WORDS("basis.change")])[1:] == [5.0, 0.0]  # from -2 to 3: not -250 %
    offered = [one.options for one in opened("compare", metric="backlog_change").segmented_control]
    assert [WORDS(f"basis.{name}") for name in ("value", "per_report", "change")] in offered
