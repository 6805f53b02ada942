"""The checklist of a report: every finding with cell, printed value, formula, difference, cause, as HTML and Excel."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from lxml import html
from msgspec.structs import replace

from dashboard import checklist
from dashboard.queries import quality
from dashboard.queries.selection import Selection
from etl.checks.equations import equations
from etl.report import Finding, Report, Severity, State
from tests import made_up

AGENCY = made_up.AGENCIES[0]
OUTCOMES = next(one.left for one in equations("2021") if (one.rule, one.line) == ("A2", "total"))


def with_figures(year: int, figures: dict[str, float]) -> Report:
    made = made_up.report(AGENCY, year, zero=True)
    cells = tuple(
        replace(cell, value=figures[cell.at.key], printed=f"{figures[cell.at.key]:g}")
        if cell.at.key in figures
        else cell
        for cell in made.cells
    )
    return replace(made, cells=cells)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    received = {"3/received/natural_person": 12.0, "3/received/business": 3.0, "3/received/total": 12.0}
    dealt = {"3/granted/natural_person": 12.0, "3/granted/total": 12.0, "3/concluded/natural_person": 12.0}
    business = {
        "3/granted/business": 3.0,
        "3/concluded/business": 3.0,
        "3/granted/total": 15.0,
        "3/concluded/total": 15.0,
    }
    broken = with_figures(2023, received | dealt | business)
    broken = made_up.blanked(broken, {"2/fees/amount": State.BLANK})
    missing = tuple(f"3/{row}/total" for row in ("granted", "partly_granted", "concluded") * 4)
    found = (
        Finding("V3", Severity.WARNING, "table 2: 1 cells blank", "line 20", cells=("2/fees/amount",)),
        Finding("S5", Severity.ERROR, "table 3: 12 cells not found", cells=missing),
        Finding("D4", Severity.WARNING, "title names 示例甲局, signed by <b>示例乙局</b>", "line 9"),
    )
    broken = replace(broken, findings=found, source_path="=reports/示例.txt")
    years = [with_figures(2021, {}), broken]
    return made_up.warehouse(tmp_path_factory.mktemp("checklist"), years)


@pytest.fixture(autouse=True)
def _opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(folder))


def report_of(year: int) -> str:
    worst = quality.worst(Selection(years=(year,)))
    return str(worst.iloc[0]["report_id"])


def made(lang: str = "zh") -> checklist.Checklist:
    found = checklist.of_report(report_of(2023), lang)
    assert found is not None
    return found


def test_a_finding_has_its_cells_numbers_and_cause() -> None:
    [sum_] = [item for item in made().items if item.rule.startswith("A3")]
    assert sum_.rule == "A3 申请人合计"
    assert sum_.severity == "错误"
    assert "12 + 3 = 15 ≠ 12，差 3" in sum_.message
    assert sum_.cause.startswith("漏加法人")
    assert sum_.printed[:2] + sum_.printed[-1:] == ("12", "3", "12")
    assert all(where.startswith("第") for where in sum_.places)


def test_gravest_first_and_every_finding_once() -> None:
    items = made().items
    assert [item.n for item in items] == list(range(1, len(items) + 1))
    weights = ["错误", "警告", "提示"]
    assert [item.severity for item in items] == sorted((item.severity for item in items), key=weights.index)
    told = {item.rule.split()[0] for item in items}
    assert {"A3", "V3", "S5", "D4", "C8"} <= told


def test_a_blank_is_told_as_such_and_long_lists_are_cut() -> None:
    items = {item.rule.split()[0]: item for item in made().items}
    assert items["V3"].printed == ("（空白）",)
    assert items["V3"].message == "表2有 1 格空白"
    assert len(items["S5"].cells) == checklist.MOST_CELLS + 1
    assert items["S5"].cells[-1] == "等 12 格"
    assert items["D4"].places == ("第9行",)


def test_html_is_one_page_with_everything_escaped() -> None:
    page = checklist.as_html(made())
    tree = html.document_fromstring(page)
    findings = tree.xpath("//tbody")
    assert len(findings) == len(made().items)
    assert "&lt;b&gt;示例乙局&lt;/b&gt;" in page
    assert not tree.xpath("//script | //link | //img")
    for body, item in zip(findings, made().items, strict=True):
        rows = [[cell.text_content() for cell in row] for row in body]
        assert rows[0][:3] == [str(item.n), item.rule, item.severity]
        assert rows[0][6:8] == [item.message, item.cause]
        listed = [rows[0][3:6], *rows[1:]] if item.cells else []
        assert [row[1] for row in listed][: len(item.printed)] == list(item.printed)
    assert "@page" in page


def test_excel_says_the_same() -> None:
    book = openpyxl.load_workbook(io.BytesIO(checklist.as_excel(made())))
    sheet = book.worksheets[0]
    assert sheet.title == "核对单"
    values = list(sheet.iter_rows(values_only=True))
    head = next(number for number, row in enumerate(values) if row[0] == "序号")
    rows = iter(values[head + 1 :])
    for item in made().items:
        first, *rest = [next(rows) for _ in range(max(1, len(item.cells), len(item.places)))]
        once = (str(item.n), item.rule, item.severity, item.message, item.cause)
        assert tuple(str(value or "") for value in (*first[:3], *first[6:8])) == once
        assert all(value is None for row in rest for value in (*row[:3], *row[6:]))
        listed = [[str(value or "") for value in row[3:6]] for row in (first, *rest)]
        assert tuple(cell for cell, _, _ in listed if cell) == item.cells
        assert tuple(printed for _, printed, _ in listed if printed) == item.printed
        assert tuple(place for _, _, place in listed if place) == tuple(filter(None, item.places))
    assert sheet.page_setup.orientation == "landscape"


def test_rows_of_the_sheet_are_as_high_as_their_text() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(checklist.as_excel(made()))).worksheets[0]
    for row in sheet.iter_rows(min_row=7):
        for cell in row[3:6]:
            text = str(cell.value or "")
            width = sheet.column_dimensions[cell.column_letter].width
            full = sum(2 if ord(char) > 0x2E80 else 1 for char in text)
            if full > width:
                assert sheet.row_dimensions[cell.row].height >= 14 * full / width, text


def test_a_long_sum_is_cut_before_its_total(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [key.split("/")[1] for key in OUTCOMES]
    figures = {f"3/{row}/{column}": 1.0 for row in rows for column in ("natural_person", "total")}
    figures |= {f"3/concluded/{column}": 5.0 for column in ("natural_person", "total")}
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(made_up.warehouse(tmp_path, [with_figures(2023, figures)])))
    [sum_] = [item for item in made().items if item.rule.startswith("A2") and item.message.startswith("总计")]
    assert len(sum_.cells) == checklist.MOST_CELLS + 1
    assert sum_.printed == (*["1"] * (checklist.MOST_CELLS - 1), "5")
    assert sum_.cells[-2] == "（七）总计：总计"


def test_english() -> None:
    found = made("en")
    assert found.title == "Checklist of an annual report"
    [sum_] = [item for item in found.items if item.rule.startswith("A3")]
    assert "12 + 3 = 15 ≠ 12, difference 3" in sum_.message
    assert sum_.cause.startswith("Organisations left out")


def test_a_clean_report_and_one_that_is_not_there() -> None:
    clean = checklist.of_report(report_of(2023).replace("2023", "2021"), "zh")
    assert clean is not None
    assert clean.items == ()
    assert "没有发现" in checklist.as_html(clean)
    assert checklist.as_excel(clean)
    assert checklist.of_report("no such report", "zh") is None


def test_pass_rates_keep_what_cannot_be_assessed_apart() -> None:
    rates = quality.pass_rates(Selection()).set_index("year")
    assert rates.loc[2021, ["sums", "passed", "failed", "not_assessable"]].tolist() == [42, 42, 0, 0]
    broken = rates.loc[2023]
    assert broken["failed"] > 0
    assert broken["passed"] + broken["failed"] + broken["not_assessable"] == broken["sums"] == 42
    assert broken["reports_broken"] == 1
