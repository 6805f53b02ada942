"""The main flows in a real Chromium: links, filters, Back, clicks, downloads, languages, dark, a telephone's width."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bench.server import serving
from etl.paths import PROJECT
from tests.served import browsing, rows_of
from tests.watched import Watched, press, watching

MAIN = ("applications_received", "penalties", "licences", "normative_issued")
COUNTY = "990121"
COUNTY_NAME = "东示例县"
PAGES = ("", "compare", "applications", "disclosure", "review", "problems", "quality", "reader", "download")


@pytest.fixture(scope="module")
def address(full_warehouse: Path) -> Iterator[str]:
    with serving(full_warehouse) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    with watching(browser) as seen:
        yield seen


def left(page: Page) -> str:
    """The sidebar's line on how many reports are left."""
    return page.get_by_test_id("stSidebar").get_by_text("份报告").inner_text()


def add(watched: Watched, label: str, option: str) -> None:
    """Choose one more value in a filter."""
    box = watched.page.get_by_test_id("stSidebar").get_by_test_id("stMultiSelect").filter(has_text=label)
    box.locator("input").click()
    watched.page.get_by_role("option", name=option, exact=True).click()
    watched.page.keyboard.press("Escape")


def test_link_with_codes_shows_only_those_reports(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/?year=2023&county={COUNTY}")
    expected = rows_of(address, f"year=2023&county={COUNTY}")
    assert expected
    assert {row["year"] for row in expected} == {"2023"}
    assert {row["county"] for row in expected} == {COUNTY_NAME}
    assert f"余 {len(expected)} 份报告" in left(page)
    expect(page.get_by_test_id("stSidebar").get_by_text(COUNTY_NAME, exact=True)).to_be_visible()


def test_filter_writes_the_url_and_reload_keeps_it(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/")
    add(watched, "年度", "2022")
    add(watched, "县区", COUNTY_NAME)
    page.wait_for_url(f"**county={COUNTY}*")
    watched.reach({"year": ["2022"], "county": [COUNTY]})
    expected = f"余 {len(rows_of(address, f'year=2022&county={COUNTY}'))} 份报告"
    expect(page.get_by_text(expected)).to_be_visible()
    page.reload()
    watched.settle()
    expect(page.get_by_text(expected)).to_be_visible()
    watched.reach({"year": ["2022"], "county": [COUNTY]})


def test_back_and_forward_restore_url_widgets_and_numbers(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/?year=2021")
    first = left(page)
    add(watched, "年度", "2022")
    page.wait_for_url("**year=2021&year=2022*")
    expect(page.get_by_text(first)).to_have_count(0)
    second = left(page)
    page.get_by_test_id("stSidebar").get_by_label("机构名称").fill("局")
    page.keyboard.press("Enter")
    page.wait_for_url("**agency=*")
    expect(page.get_by_text(second)).to_have_count(0)
    page.go_back()
    expect(page.get_by_text(second)).to_be_visible()
    watched.reach({"year": ["2021", "2022"]})
    expect(page.get_by_test_id("stSidebar").get_by_label("机构名称")).to_have_value("")
    page.go_back()
    expect(page.get_by_text(first)).to_be_visible()
    watched.reach({"year": ["2021"]})
    chosen = page.get_by_test_id("stSidebar").get_by_test_id("stMultiSelect").filter(has_text="年度")
    expect(chosen).to_contain_text("2021")
    expect(chosen).not_to_contain_text("2022")
    page.go_forward()
    expect(page.get_by_text(second)).to_be_visible()


def test_page_change_and_a_second_browser_keep_the_view(watched: Watched, address: str, browser: Browser) -> None:
    page = watched.open(f"{address}/?year=2023&county={COUNTY}&lang=en")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Applications").click()
    page.wait_for_url("**/applications?*")
    watched.settle()
    watched.reach({"year": ["2023"], "county": [COUNTY], "lang": ["en"]})
    line = page.get_by_test_id("stSidebar").get_by_text("reports,").inner_text()
    other = Watched(browser.new_context().new_page())
    other.open(page.evaluate("window.location.href"))
    expect(other.page.get_by_test_id("stSidebar").get_by_text(line)).to_be_visible()
    expect(other.page.locator("h1")).to_have_text("Applications")
    assert other.page.evaluate("document.documentElement.lang") == "en"
    other.page.context.close()


def test_switching_the_language_tells_the_browser(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/reader")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.get_by_test_id("stSidebar").get_by_text("English").click()
    expect(page.locator("h1")).to_have_text("Report reader")
    page.wait_for_function("document.documentElement.lang === 'en'")


def test_reset_opens_everything_again(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/?year=2023&county={COUNTY}&lang=zh")
    page.get_by_test_id("stSidebar").get_by_role("button", name="重置筛选").click()
    expect(page.get_by_text(f"余 {len(rows_of(address, ''))} 份报告")).to_be_visible()
    page.wait_for_url(lambda url: "county" not in url)


def test_unassigned_reports_can_be_selected(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/?county=none")
    expected = rows_of(address, "county=none")
    assert expected
    assert f"余 {len(expected)} 份报告" in left(page)


def test_downloaded_table_is_the_query(watched: Watched, address: str, tmp_path: Path) -> None:
    page = watched.open(f"{address}/download?year=2023&county={COUNTY}&heads=key&column=penalties")
    with page.expect_download() as got:
        page.get_by_role("button", name="CSV", exact=False).first.click()
    saved = tmp_path / got.value.suggested_filename
    got.value.save_as(saved)
    assert saved.read_bytes().startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(saved.read_text(encoding="utf-8-sig"))))
    query = f"year=2023&county={COUNTY}"
    metrics = {
        row["report_id"]: row["value"] for row in rows_of(address, query, "metrics") if row["metric"] == "penalties"
    }
    expected = [{**row, "penalties": metrics[row["report_id"]]} for row in rows_of(address, query)]
    assert [{**row, "penalties": _number(row["penalties"])} for row in found] == [
        {**row, "penalties": _number(row["penalties"])} for row in expected
    ]


def _number(text: str) -> float | None:
    return float(text) if text else None


@pytest.mark.parametrize("kind", ["Excel", "Parquet", "ZIP"])
def test_every_other_file_of_the_data_page_is_the_query(
    watched: Watched, address: str, kind: str, tmp_path: Path
) -> None:
    query = f"year=2023&county={COUNTY}"
    page = watched.open(f"{address}/download?{query}&heads=key&column=penalties")
    with page.expect_download() as got:
        page.get_by_role("button", name=kind, exact=False).last.click()
    saved = tmp_path / got.value.suggested_filename
    got.value.save_as(saved)
    found = _frame(saved, kind)
    metrics = {row["report_id"]: row for row in rows_of(address, query, "metrics") if row["metric"] == "penalties"}
    expected = {row["report_id"]: _number(metrics[row["report_id"]]["value"]) for row in rows_of(address, query)}
    values = found["penalties"].astype(object).where(found["penalties"].notna(), None)
    assert dict(zip(found["report_id"], values, strict=True)) == expected


def _frame(saved: Path, kind: str) -> pd.DataFrame:
    """The reports in a file of the data page."""
    if kind == "Parquet":
        return pd.read_parquet(saved)
    if kind == "Excel":
        return pd.read_excel(saved, sheet_name=0)
    with zipfile.ZipFile(saved) as archive:
        return pd.read_csv(io.BytesIO(archive.read("table.csv")))


def click_on(page: Page, mark: Locator) -> None:
    """Click a mark in a chart and wait for what lies behind it."""
    press(mark)
    expect(page.get_by_text("其后的").last).to_be_visible()


def follow(watched: Watched) -> None:
    """Open the first report behind the figure in the reader."""
    link = watched.page.get_by_test_id("stMain").get_by_test_id("stPageLink").first
    link.scroll_into_view_if_needed()
    link.get_by_role("link").click()
    watched.page.wait_for_url("**/reader?*")
    watched.settle()


def test_click_on_a_bar_opens_the_printed_cells_and_the_reader(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/?year=2023")
    click_on(page, page.locator(".barlayer .point path").first)
    page.wait_for_url("**behind=ranking_county_applications_received*")
    follow(watched)
    assert watched.query()["cell"] == ["3/received/total"]
    expect(page.get_by_text("所指单元格")).to_be_visible()
    expect(page.locator("td.here")).to_have_count(1)


def test_click_on_the_flow_opens_the_printed_cells_and_the_reader(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/applications?year=2023")
    click_on(page, page.get_by_test_id("stPlotlyChart").first.locator(".scatterlayer path.point").first)
    page.wait_for_url("**behind=flow*")
    follow(watched)
    assert watched.query()["cell"] == ["3/received/total"]
    expect(page.locator("td.here")).to_have_count(1)


def test_click_on_the_coverage_map_opens_the_reports_there(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/?year=2023&county={COUNTY}")
    chart = page.get_by_test_id("stPlotlyChart").filter(has=page.locator(".heatmaplayer"))
    click_on(page, chart.locator(".scatterlayer path.point").first)
    page.wait_for_url("**behind=coverage*")
    expect(page.get_by_text(f"其后的 {len(rows_of(address, f'year=2023&county={COUNTY}'))} 份报告")).to_be_visible()
    follow(watched)


def test_a_total_opens_its_printed_cells(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/?year=2023&county={COUNTY}")
    page.get_by_test_id("stMain").get_by_role("button", name="看其后的报告").first.click()
    page.wait_for_url("**behind=totals*")
    follow(watched)
    assert watched.query()["cell"] == ["3/received/total"]


def test_table_under_a_chart_comes_when_it_is_opened(watched: Watched, address: str, tmp_path: Path) -> None:
    page = watched.open(f"{address}/")
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    page.get_by_test_id("stMain").get_by_text("数据表与下载").first.click()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(1)
    with page.expect_download() as got:
        press(page.get_by_test_id("stDownloadButton").get_by_role("button"))
    assert got.value.suggested_filename == "main_trends.csv"
    saved = tmp_path / "main_trends.csv"
    got.value.save_as(saved)
    printed = list(csv.DictReader(io.StringIO(saved.read_text(encoding="utf-8-sig"))))
    found = [(row["年度"], _number(row["值"]), int(row["n（有数的报告）"])) for row in printed]
    assert found == [total for metric in MAIN for total in _totals(rows_of(address, "", "metrics"), metric)]


def _totals(rows: list[dict[str, str]], metric: str) -> Iterator[tuple[str, float | None, int]]:
    """Year, sum and number of reports with a value, added up from what each report says."""
    of_metric = [row for row in rows if row["metric"] == metric]
    for year in sorted({row["year"] for row in of_metric}):
        values = [float(row["value"]) for row in of_metric if row["year"] == year and row["value"]]
        yield year, sum(values) if values else None, len(values)


def test_search_marks_the_words(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/reader")
    page.get_by_label("全文检索").fill("示例")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("示例")
    watched.reach({"q": ["示例"]})


LOOKS = (("zh", "light", 1400), ("en", "dark", 390))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_page_is_drawn_without_faults(
    browser: Browser, address: str, path: str, look: tuple[str, Literal["light", "dark"], int]
) -> None:
    lang, scheme, width = look
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    seen = Watched(context.new_page())
    page = seen.open(f"{address}/{path}?lang={lang}")
    assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[lang]
    assert page.get_by_test_id("stException").count() == 0
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    context.close()
    assert seen.faults == []


def test_chinese_is_drawn_in_the_charts(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/")
    expect(page.locator(".js-plotly-plot").first).to_contain_text("新收申请")
    expect(page.locator(".js-plotly-plot")).to_have_count(6)


GROWN = """() => [...document.querySelectorAll('.js-plotly-plot')].filter(
    chart => ['l', 'r', 't', 'b'].some(side => chart._fullLayout._size[side] > chart.layout.margin[side] + 0.5)
).length"""
"""How many charts plotly gave more room than it was told to, for which it draws a chart a second time."""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_charts_of_the_first_page_have_room_for_their_labels(watched: Watched, address: str, lang: str) -> None:
    page = watched.open(f"{address}/?lang={lang}")
    expect(page.locator(".js-plotly-plot")).to_have_count(6)
    assert page.evaluate(GROWN) == 0


def test_server_says_that_it_is_alive(address: str) -> None:
    with urllib.request.urlopen(f"{address}/health") as answer:
        said = json.load(answer)
    assert said["status"] == "ok"
    assert said["reports"] > 0


def test_missing_browser_fails_in_ci_and_names_the_line_that_installs_it(tmp_path: Path) -> None:
    environment = os.environ | {"PATH": str(tmp_path), "CI": "true"}
    script = "from tests.served import chromium; chromium()"
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert "apt-get install chromium" in ended.stderr
