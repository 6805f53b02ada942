"""The data quality page: its numbers are those of the findings, each leads to its reports, missing ones are shown."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from msgspec.structs import replace
from streamlit.testing.v1 import AppTest

from dashboard.catalogue import LANGUAGES, catalogue
from dashboard.components import quality_list
from dashboard.components.view import View
from dashboard.queries import quality, questions
from dashboard.queries.choices import known
from dashboard.queries.quality import Wanted
from dashboard.queries.selection import Selection
from etl.report import Finding, Report, Severity, State
from tests import made_up
from tests.test_pages import opened, said

PARTS = ("findings", "rates", "worst", "missing")
TOTAL = "3/concluded/total"
EVERY = Selection()


def findings_of(one: Report) -> Report:
    """With an error on two cells, a warning and a remark."""
    found = (
        Finding("A3", Severity.ERROR, "concluded: 1 ≠ 2, difference -1", "line 9", cause="X4", cells=(TOTAL,)),
        Finding("V3", Severity.WARNING, "table 2: 1 cells blank", "line 20", cells=("2/fees/amount",)),
        Finding("S2", Severity.INFO, "section 5 is headed 四、其他", "line 30"),
    )
    return replace(one, findings=(*one.findings, *found))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything of `made_up.many` with three findings on a report, and more than a page lists on another."""
    reports = made_up.many()
    reports[4] = findings_of(made_up.blanked(reports[4], {"2/fees/amount": State.BLANK}))
    many = tuple(Finding("V4", Severity.INFO, f"table 2: {n} cells normalised") for n in range(310))
    reports[6] = replace(reports[6], findings=many)
    return made_up.warehouse(tmp_path_factory.mktemp("quality"), reports)


@pytest.fixture(autouse=True)
def _opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(folder))


def every_finding(selection: Selection = EVERY) -> pd.DataFrame:
    found = questions.rows("findings", selection)
    return found[found["status"] == "fail"]


def heads(app: AppTest) -> list[str]:
    return [each.value for each in app.subheader]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_in_both_languages(part: str, lang: str) -> None:
    app = opened("quality", part=part, lang=lang)
    assert not app.exception
    assert len(app.metric) == 4
    assert heads(app)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_with_one_report(part: str, one_report_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(one_report_warehouse))
    app = opened("quality", part=part)
    assert not app.exception
    assert app.metric[2].value == "100.0%"


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_an_empty_warehouse(part: str, empty_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(empty_warehouse))
    app = opened("quality", part=part)
    assert not app.exception
    assert catalogue("zh")("empty.warehouse") in said(app)


def test_the_tiles_keep_what_cannot_be_assessed_apart_from_what_fails() -> None:
    reports = questions.reports(EVERY)
    rates = quality.pass_rates(EVERY)
    assert rates["reports"].sum() == len(reports)
    assert rates["with_errors"].sum() == (reports["errors"] > 0).sum() > 0
    assert rates["with_warnings"].sum() == ((reports["errors"] == 0) & (reports["warnings"] > 0)).sum() > 0
    assert rates["not_assessable"].sum() > 0
    assert (rates["passed"] + rates["failed"] + rates["not_assessable"] == rates["sums"]).all()
    shown = {each.label: each.value for each in opened("quality").metric}
    passed, failed = rates["passed"].sum(), rates["failed"].sum()
    assert shown["勾稽通过率"] == f"{passed / (passed + failed):.1%}"
    assert shown["无法核对"] == f"{rates['not_assessable'].sum() / rates['sums'].sum():.1%}"


def test_findings_add_up_by_rule_year_and_place() -> None:
    every = every_finding()
    assert quality.by_rule(EVERY)["findings"].sum() == len(every)
    assert quality.by_year(EVERY, Wanted())["findings"].sum() == len(every)
    assert quality.by_place(EVERY, Wanted())["findings"].sum() == len(every)
    for wanted in (Wanted(rule="A3"), Wanted(severity="warning"), Wanted("D5", "warning")):
        chosen = every
        for name in ("rule", "severity"):
            value = getattr(wanted, name)
            chosen = chosen if value is None else chosen[chosen[name] == value]
        assert len(chosen) > 0
        assert quality.by_year(EVERY, wanted)["findings"].sum() == len(chosen)
        assert quality.by_place(EVERY, wanted)["findings"].sum() == len(chosen)
        assert len(quality.listing(EVERY, wanted)) == len(chosen)


def test_a_place_counts_reports_and_all_reports() -> None:
    frame = quality.by_place(EVERY, Wanted(severity="warning")).set_index(["county_key", "year"])
    unsure = frame.loc["none"]
    assert (unsure["reports"] == unsure["of_reports"]).all(), "each report of the town has its D5"
    listed = quality.listing(EVERY, Wanted(county="none", year=2023))
    places = quality.by_place(EVERY, Wanted()).set_index(["county_key", "year"])
    assert len(listed) == places.loc[("none", 2023), "findings"]
    assert set(listed["year"]) == {2023}


def test_a_finding_is_listed_with_its_printed_cells_cause_and_report() -> None:
    app = opened("quality", rule="A3", severity="error")
    assert not app.exception
    table = app.dataframe[-1].value
    row = table[table["内容"].str.contains("差 -1")].iloc[0]
    assert row["规则"] == "A3 申请人合计"
    assert row["原因"] == "缺项"
    assert "总计＝" in row["原表单元格（位置）"]
    assert row["位置"] == "第9行"
    blank = opened("quality", rule="V3").dataframe[-1].value.iloc[0]
    assert blank["原表单元格（位置）"].endswith("＝空白")


def test_a_click_on_a_place_lists_its_findings_and_a_wrong_address_none() -> None:
    first = "findings_by_place:" + quality_list.click(Wanted("D5", "warning", "none", 2023))
    assert "存疑清单（1 条） · D5 · 警告 · 未归属 · 2023" in heads(opened("quality", behind=first))
    for wrong in ("findings_by_place:findings:::", "findings_by_place:findings::::x", "findings:nonsense"):
        app = opened("quality", behind=wrong)
        assert not app.exception
        assert len(heads(app)) == 4


@pytest.mark.parametrize("wanted", [Wanted(), Wanted("A3"), Wanted(None, "error", "990121", 2023)])
def test_a_click_says_what_is_wanted(wanted: Wanted) -> None:
    assert quality_list.clicked(quality_list.click(wanted)) == wanted


def test_the_worst_reports_come_first_with_their_rules_and_first_cell() -> None:
    frame = quality.worst(EVERY)
    assert list(frame["errors"]) == sorted(frame["errors"], reverse=True)
    every = every_finding()
    for _, row in frame.iterrows():
        own = every[every["report_id"] == row["report_id"]]
        assert row["errors"] == (own["severity"] == "error").sum()
        assert set(row["error_rules"]) == set(own.loc[own["severity"] == "error", "rule"])
        grave = own[own["severity"].isin(["error", "warning"]) & (own["cells"].map(len) > 0)]
        first = grave.sort_values(["severity", "rule", "message"])["cells"].head(1)
        assert [row["first_cell"]] == [cells[0] for cells in first] or first.empty
    assert frame["first_cell"].notna().any()


def test_missing_reports_are_those_of_agencies_known_from_other_years() -> None:
    [(gone, gap)] = [(row["agency"], row["inside"].tolist()) for _, row in quality.missing(EVERY).iterrows()]
    assert (gone, gap) == (made_up.AGENCIES[3][0], [2021])
    for selection in (Selection(years=(2021,)), Selection(years=(2021,), same=True, sound=True)):
        assert quality.missing(selection)["agency"].tolist() == [gone]
    assert quality.missing(Selection(years=(2022,))).empty
    assert quality.missing(Selection(kinds=("township",))).empty
    cover = quality.coverage(Selection(years=(2021,), counties=("990122",))).set_index("kind")
    assert cover["agencies"].to_dict() == {"county": 1, "subdistrict": 1}
    assert cover["reports"].to_dict() == {"county": 0, "subdistrict": 1}
    app = opened("quality", part="missing", year="2021")
    assert app.dataframe[-1].value["缺报年度"].tolist() == ["2021"]
    assert catalogue("zh")("quality.nothing_missing") in said(opened("quality", part="missing", year="2022"))


def test_the_download_has_every_row_in_the_columns_of_the_page() -> None:
    app = opened("quality")
    shown = app.dataframe[-1].value
    assert len(shown) == quality.MOST_FINDINGS < len(every_finding())
    assert catalogue("zh")("quality.first", n=quality.MOST_FINDINGS) in said(app)
    made = quality_list.whole_csv(View(catalogue("zh"), known(), EVERY, ()), Wanted())
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert len(rows) == len(every_finding())
    assert list(rows[0]) == list(shown.columns)
    assert [row["内容"] for row in rows][: len(shown)] == shown["内容"].tolist()
