"""Sums made at load answer as the reports themselves do, whatever the filters leave."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.queries import door, questions
from dashboard.queries.selection import UNASSIGNED, Selection
from etl.checks import run
from etl.sample.warehouse import write_warehouse
from etl.warehouse import cohorts, metric_store
from etl.warehouse.store import content_hash, current_file, read_current

SELECTIONS = (
    Selection(),
    Selection(years=(2022, 2023)),
    Selection(provinces=("990000",), kinds=("township", "county")),
    Selection(counties=("990121", UNASSIGNED)),
    Selection(cities=("990100",), sound=True),
    Selection(sound=True),
)
SORTED = ["metric", "outcome", "key", "form", "group_key", "county_key", "kind", "year"]
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


@pytest.mark.parametrize("selection", (*SELECTIONS, Selection(years=(2023,)), Selection(years=(1999,))))
def test_counts_coverage_and_change(selection: Selection) -> None:
    assert _agree("summary", selection) == 1
    coverage = _agree("coverage", selection)
    assert (coverage > 0) == (selection.years != (1999,))
    assert _agree("same_agencies", selection, metrics=_metrics(), year=2023) > 10 or selection.years
    assert _agree("agencies_listed", selection, asked=(), most=1000) >= min(coverage, 1)
    assert _agree("groups", selection) >= min(coverage, 1)


@pytest.mark.parametrize("years", [(), (2019, 2023), (1999,)])
@pytest.mark.parametrize("selection", [one for one in SELECTIONS if not (one.years or one.sound)])
def test_missing_reports(selection: Selection, years: tuple[int, ...]) -> None:
    asked: dict[str, object] = {"years": list(years)}
    assert (_agree("quality_coverage", selection, **asked) > 0) == (years != (1999,))
    both = [
        door.ask_afresh(name, selection, most=100, **asked) for name in ("quality_missing", "cohort_quality_missing")
    ]
    pd.testing.assert_frame_equal(*both)
    assert len(both[0]) or selection != Selection() or years


@pytest.mark.parametrize("metric", ["disclosure_rate", "upheld_rate"])
def test_shares_of_agencies_are_those_of_their_groups(metric: str) -> None:
    shares = questions.shares(Selection(), metric).set_index("group_key")
    every = questions.metric_by(Selection(), [metric], "agency", yearly=False).set_index("group_key")
    every = every[every["denominator"] > 0]
    assert len(every) > 3
    columns = ["agency", "value", "numerator", "denominator", "n", "metric_kind"]
    pd.testing.assert_frame_equal(shares[columns].sort_index(), every[columns].sort_index(), check_dtype=False)
    assert list(shares["denominator"]) == sorted(every["denominator"], reverse=True)


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


def test_a_large_load_sums_metrics_one_by_one_and_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for values in (cohorts.VALUES_AT_ONCE, 1):
        for module in (cohorts, metric_store):
            monkeypatch.setattr(module, "VALUES_AT_ONCE", values)
        folder = tmp_path / str(values)
        write_warehouse(folder, 40, (2021, 2023), seed=5)
        with read_current(folder) as connection:
            tables = ("metric_value", "cohort_metric", "cohort_pair")
            found.append([connection.execute(f"select * from base.{table} order by all").df() for table in tables])
    for at_once, one_by_one in zip(*found, strict=True):
        assert len(at_once) > 1000
        pd.testing.assert_frame_equal(at_once, one_by_one, rtol=1e-12)


@pytest.mark.parametrize(
    "metric", ["applications_received", "disclosure_rate", "publication_lag", "boilerplate", "penalty_share"]
)
def test_agencies_are_ranked_by_the_same_values(metric: str) -> None:
    ranked = questions.metric_in(Selection(), metric, "agency", 2023).set_index("group_key")
    every = questions.metric_by(Selection(years=(2023,)), [metric], "agency").set_index("group_key")
    assert set(ranked.index) == set(every.index) and len(ranked) > 5
    columns = ["year", "agency", "county", "value", "numerator", "denominator", "n", "metric_kind"]
    pd.testing.assert_frame_equal(ranked[columns].sort_index(), every[columns].sort_index(), check_dtype=False)


def test_a_short_ranking_holds_the_highest_and_says_of_how_many() -> None:
    values = {"metric": "penalties", "minuend": "", "subtrahend": "", "year": 2023, "enough": 30}
    whole, short = (door.ask("agency_ranking", Selection(), most=most, **values) for most in (1000, 3))
    assert list(short["group_key"]) == list(whole["group_key"][:3])
    assert list(short["value"]) == sorted(whole["value"].dropna(), reverse=True)[:3]
    assert set(short["listed_of"]) == {len(whole)}


def test_a_short_list_of_agencies_holds_those_asked_for() -> None:
    whole = questions.groups(Selection(), "agency")
    last = whole["group_key"].iloc[-1]
    short = door.ask("agencies_listed", Selection(), asked=(last,), most=2)
    assert list(short["group_key"]) == [*whole["group_key"][:2], last]
    assert list(door.ask("reports_listed", Selection(), most=2)["year"]) == [2023, 2023]


def test_a_thinned_spread_keeps_places_quantiles_and_the_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_warehouse(tmp_path, 80, (2023, 2023), seed=6)
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(tmp_path))
    values = {"metric": "penalties", "minuend": "", "subtrahend": "", "kind": "township", "year": 2023, "enough": 30}
    whole = door.ask("spread", Selection(), asked=(), most=1000, **values)
    chosen = whole["agency_key"].iloc[1]
    thin = door.ask("spread", Selection(), asked=(chosen,), most=4, **values)
    assert 4 < len(thin) < 8 < len(whole) and chosen in set(thin["agency_key"])
    same = whole[whole["report_id"].isin(thin["report_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(thin, same)
    assert {thin["value"].min(), thin["value"].max()} == {whole["value"].min(), whole["value"].max()}


def test_a_short_table_is_the_head_of_the_whole() -> None:
    columns = ["applications_received", "disclosure_rate"]
    whole = questions.table(Selection(), columns)
    pd.testing.assert_frame_equal(questions.table(Selection(), columns, 4), whole.head(4))
    assert len(whole) == len(questions.reports(Selection()))


@pytest.mark.parametrize(
    "selection", [*SELECTIONS, Selection(same=True), Selection(agency="镇"), Selection(years=(1999,))]
)
def test_the_newest_reports_come_first_whatever_the_filters(selection: Selection) -> None:
    every = questions.reports(selection)
    pd.testing.assert_frame_equal(questions.table(selection, [], 3), every.head(3))
    assert list(questions.reports_listed(selection)["report_id"]) == list(every["report_id"])
