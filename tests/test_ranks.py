"""What a chosen basis draws and says, who is compared at first, and who has a rank."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.catalogue import catalogue
from dashboard.components import compare, exhibits, points
from dashboard.components.view import View
from dashboard.queries import questions
from dashboard.queries.choices import known
from dashboard.queries.selection import Selection
from tests.test_pages import opened

WORDS = catalogue("zh")


@pytest.fixture(autouse=True)
def warehouse(full_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))


def view(**selection: Any) -> View:
    return View(WORDS, known(), Selection(**selection), ())


def groups(metric: str, values: list[float | None], first: int = 2021) -> pd.DataFrame:
    rows = [
        {
            "metric": metric, "metric_kind": "count", "group_key": "甲", "agency": "甲", "county": None,
            "year": first + at, "value": math.nan if value is None else value, "numerator": value,
            "denominator": None, "n": 1, "reports": 1,
        }
        for at, value in enumerate(values)
    ]  # fmt: skip
    return points.dressed(view(), pd.DataFrame(rows), "agency")


def test_change_says_why_there_is_none_or_that_its_base_is_small() -> None:
    frame = compare.put(view(), groups("penalties", [8, 12, 0, 5, None, 30]), "penalties", "change")
    assert list(frame["y"].fillna(-9)) == pytest.approx([-9, 0.5, -1, -9, -9, -9])
    none, zero, unknown = (WORDS(key) for key in ("basis.no_base", "basis.base_of_zero", "why.unknown"))
    small = WORDS("format.small_base", change="+50.0%")
    assert list(frame["why"]) == [none, small, "", zero, unknown, none]
    assert f"{WORDS('basis.change')} {small}" in frame["text"].iloc[1]


def test_share_is_drawn_and_said() -> None:
    whole = questions.metric_by(Selection(), ["penalties"]).set_index("year")["value"]
    part = whole.loc[2022] / 4
    frame = compare.put(view(), groups("penalties", [part], 2022), "penalties", "share")
    assert frame["y"].iloc[0] == pytest.approx(0.25)
    assert f"{WORDS('basis.share')} 25.0%" in frame["text"].iloc[0]


@pytest.mark.parametrize("basis", ["value", "share", "per_report", "change"])
def test_a_metric_without_a_value_draws_nothing_instead_of_everybody(basis: str) -> None:
    app = opened("compare", metric="fees", year="2019", basis=basis)
    assert not app.exception
    assert [each.value for each in app.info].count(WORDS("empty.chart")) >= 2


def test_ranks_are_shared_by_equal_values_and_weak_shares_have_none() -> None:
    frame = pd.DataFrame(
        {
            "y": [0.5, 0.9, 0.5, 1.0, None],
            "metric_kind": "ratio",
            "denominator": [40, 40, 40, 3, 40],
        }
    )
    ranked = points.ranked(frame)
    assert list(ranked["y"]) == [0.9, 0.5, 0.5, 1.0]
    assert [None if pd.isna(rank) else int(rank) for rank in ranked["rank"]] == [1, 2, 2, None]


@pytest.mark.parametrize("by", ["county", "agency"])
def test_rank_table_is_in_the_order_of_the_chart_with_reasons(by: str) -> None:
    exhibit = exhibits.ranking(view(), "disclosure_rate", by, 2023)
    rank, why, of = (exhibit.table[WORDS(f"column.{name}")] for name in ("rank", "why", "denominator"))
    assert len(exhibit.table) == len(questions.metric_in(Selection(), "disclosure_rate", by, 2023))
    assert list(rank.dropna()) == sorted(rank.dropna())
    for has_no_rank, reason, size in zip(rank.isna(), why, of, strict=True):
        assert has_no_rank or size >= 30
        assert (reason == WORDS("chart.few")) <= has_no_rank
    assert rank.isna().sum() + rank.notna().sum() == len(of)


def test_at_first_the_ranked_come_before_shares_of_few() -> None:
    chosen = compare._highest(view(), "reconsideration_correction_rate", "agency")
    frame = questions.metric_in(Selection(), "reconsideration_correction_rate", "agency", 2023).set_index("group_key")
    sizes = list(frame.loc[chosen, "denominator"] >= 30)
    assert sizes == sorted(sizes, reverse=True)
