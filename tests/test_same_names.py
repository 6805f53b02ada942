"""Agencies of one name in two places: every list and chart tells them apart, and none takes the other's figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from dashboard.catalogue import catalogue
from dashboard.components import names
from dashboard.queries import questions
from dashboard.queries.selection import Selection
from etl.report import Region, Report
from tests import made_up
from tests.test_pages import opened

YEARS = range(2021, 2024)
NAME = "丁示例区教育局"


def _region(city: str, code: str) -> Region:
    return Region("示例省", "990000", city, f"{code[:4]}00", "丁示例区", code, "丁示例区", None, "named")


def _reports(key: str, region: Region, agency: Sequence[str]) -> list[Report]:
    found = []
    for year, name in zip(YEARS, agency, strict=True):
        one = made_up.report((name, "county_dept", region), year, seed=made_up.hash_of(f"{key}{year}"))
        found.append(replace(one, identity=replace(one.identity, key=key)))
    return found


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two agencies of one name in districts of one name, and an agency that is renamed in its last year."""
    return made_up.warehouse(
        tmp_path_factory.mktemp("namesakes"),
        [
            *_reports("990102 教育局", _region("甲示例市", "990102"), [NAME] * 3),
            *_reports("990202 教育局", _region("乙示例市", "990202"), [NAME] * 3),
            *_reports("990122 财政局", made_up.WEST, ["西示例县财政局"] * 2 + ["西示例区财政局"]),
        ],
    )


@pytest.fixture(autouse=True)
def warehouse(namesakes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(namesakes))


def test_lists_of_the_pages_have_no_two_entries_alike() -> None:
    for page in ("compare", "reader", "problems"):
        app = opened(page, part="agencies") if page == "problems" else opened(page)
        assert not app.exception
        for widget in (*app.selectbox, *app.multiselect):
            assert len(set(widget.options)) == len(widget.options), widget.label
    assert f"{NAME}（示例省甲示例市） 2023" in opened("reader").selectbox[0].options


def test_each_is_compared_with_itself() -> None:
    app = opened("compare", basis="change", by="agency", metric="penalties")
    words = catalogue("zh")
    table = next(one.value for one in app.dataframe if words("basis.change") in one.value.columns)
    heads = [words(f"column.{name}") for name in ("agency", "year", "value")]
    shown = {(agency, year): value for agency, year, value in table[heads].to_numpy()}
    frame = questions.metric_by(Selection(), ["penalties"], "agency")
    for key, city in (("990102 教育局", "甲示例市"), ("990202 教育局", "乙示例市")):
        for _, row in frame[frame["group_key"] == key].iterrows():
            assert shown[f"{NAME}（{city}）", str(row["year"])] == row["value"]


def test_an_agency_that_was_renamed_is_one_line_under_its_last_name() -> None:
    app = opened("compare", by="agency", metric="penalties")
    head = catalogue("zh")("column.agency")
    named = next(one.value for one in app.dataframe if head in one.value.columns)[head]
    assert list(named[named.str.contains("财政局")]) == ["西示例区财政局（西示例县）"] * 3


def test_the_last_spelling_tells_apart_what_the_others_do_not() -> None:
    spellings = {"1": ("甲", "甲 东"), "2": ("甲", "甲 西"), "3": ("乙", "乙 东")}
    assert names.told_apart(spellings) == {"1": "甲 东", "2": "甲 西", "3": "乙"}
    assert names.told_apart({}) == {}
