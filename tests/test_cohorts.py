"""Sums made at load answer as the reports themselves do, whatever the filters leave."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.queries import door, questions
from dashboard.queries.selection import UNASSIGNED, Selection
from etl.checks import run
from etl.sample.warehouse import write_warehouse
from etl.warehouse.store import content_hash, current_file

SELECTIONS = (
    Selection(),
    Selection(years=(2022, 2023)),
    Selection(provinces=("990000",), kinds=("township", "county")),
    Selection(counties=("990121", UNASSIGNED)),
    Selection(cities=("990100",), sound=True),
    Selection(sound=True),
)
SORTED = ["metric", "outcome", "key", "form", "group_key", "year"]
ANY_ONE = ["agency", "county", "city"]


@pytest.fixture(autouse=True)
def warehouse(full_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))


def _agree(name: str, selection: Selection, **values: object) -> int:
    both = [door.ask_afresh(one, selection, **values) for one in (name, f"cohort_{name}")]
    assert list(both[0].columns) == list(both[1].columns)
    order = [column for column in SORTED if column in both[0]]
    direct, summed = (
        frame.drop(columns=ANY_ONE, errors="ignore").sort_values(order).reset_index(drop=True) for frame in both
    )
    pd.testing.assert_frame_equal(direct, summed, rtol=1e-12)
    return len(direct)


def _metrics() -> list[str]:
    return [key for key, row in questions.metrics().items() if row["level"] == "report" and row["kind"] != "duration"]


@pytest.mark.parametrize("selection", SELECTIONS)
def test_metrics_of_groups(selection: Selection) -> None:
    for by in ("all", "county", "kind"):
        for yearly, year in ((True, None), (False, None), (True, 2023)):
            values = {"by": by, "yearly": yearly, "year": year, "groups": ()}
            assert _agree("metric_groups", selection, metrics=_metrics(), read=_metrics(), **values) > 50


@pytest.mark.parametrize("selection", SELECTIONS)
def test_cells_outcomes_and_forms(selection: Selection) -> None:
    cells = [key for key in questions.form_cells() if key.startswith(("4/", "3/received/")) or key.endswith("/total")]
    cells = [key for key in cells if not key.startswith("2/")]
    assert _agree("cells_by_year", selection, keys=cells) > 30
    assert _agree("outcomes", selection) > 5
    assert _agree("reasons", selection, outcome="refused") > 3
    assert _agree("forms_by_year", selection) >= 1


def test_a_number_that_no_report_knows_stays_unknown() -> None:
    frame = questions.metric_by(Selection(years=(2023,)), _metrics(), "county")
    assert len(frame[frame["n"] == 0]) > 0
    assert frame.loc[frame["n"] == 0, "value"].isna().all()


def test_an_agency_or_the_same_agencies_are_asked_of_the_reports() -> None:
    assert Selection(sound=True, years=(2023,)).takes_whole_cohorts
    assert not Selection(agency="镇").takes_whole_cohorts
    assert not Selection(same=True).takes_whole_cohorts
    every, same = (questions.outcomes(selection)["reports"].sum() for selection in (Selection(), Selection(same=True)))
    assert 0 < same < every


def test_checks_find_the_same_in_several_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = set()
    for reports_a_pass in (run.REPORTS_A_PASS, 25):
        monkeypatch.setattr(run, "REPORTS_A_PASS", reports_a_pass)
        folder = tmp_path / str(reports_a_pass)
        assert write_warehouse(folder, 40, (2021, 2023), seed=5) == 120
        hashes.add(content_hash(current_file(folder)))
    assert len(hashes) == 1
