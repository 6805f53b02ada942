"""The clicks of the problems page in a real Chromium: each number opens its sentences, each sentence its report."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bench.server import serving
from etl.words.themes import label
from tests import talking
from tests.served import browsing, rows_of
from tests.watched import Watched, longest, press, watching

_BARS = ".barlayer .point path"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(talking.warehouse(tmp_path_factory.mktemp("talking"))) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    with watching(browser) as seen:
        yield seen


def _chart(page: Page, title: str) -> Locator:
    """The chart below a heading."""
    heading = page.get_by_role("heading", name=title, exact=False).first
    heading.scroll_into_view_if_needed()
    return heading.locator("xpath=following::div[contains(@class, 'js-plotly-plot')][1]")


def _behind(watched: Watched) -> str:
    """What the address says of the sentences that are open; the page may be drawn before it."""
    watched.page.wait_for_url(re.compile("behind="))
    return watched.query()["behind"][0]


def test_a_bar_of_a_theme_opens_its_sentences_and_these_their_report(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/problems?part=themes")
    press(longest(_chart(page, "问题主题流行率").locator(_BARS)))
    theme = _behind(watched).split(":")[5]
    watched.settle()
    named = [row for row in rows_of(address, "", "problems") if theme in label(row["text"])]
    expect(page.get_by_text(f"问题原句 {len(named)} 条")).to_be_visible()
    sentences = page.locator("[data-testid=stHtml] p").all()
    assert sentences
    assert {one.text_content() for one in sentences} <= {row["text"] for row in named}
    assert all(one.locator("mark").count() for one in sentences)
    link = page.get_by_test_id("stMain").get_by_test_id("stPageLink").first.get_by_role("link")
    agency, year = link.inner_text().split()
    link.click()
    page.wait_for_url("**/reader?*")
    watched.settle()
    assert watched.query()["report"]
    shown = page.get_by_test_id("stMain").inner_text()
    assert agency.partition("（")[0] in shown and year in shown


def test_a_field_of_the_map_opens_only_its_county(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/problems?part=themes")
    fields = _chart(page, "各县区的主题流行率").locator(".scatterlayer .point")
    press(fields.first)
    expect(page.get_by_text(re.compile("问题原句"))).to_be_visible()
    behind = _behind(watched)
    assert behind.startswith("themes_by_county:theme-statements:county::")
    county = behind.split(":")[4]
    assert county in {"990121", "990122", "above", "none"}


def test_a_word_opens_the_statements_that_hold_it(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/problems?part=words")
    press(longest(_chart(page, "问题中的高频词").locator(_BARS)))
    expect(page.get_by_text(re.compile("问题原句")).first).to_be_visible()
    word = _behind(watched).split(":", 5)[5]
    watched.settle()
    opened = page.locator("[data-testid=stHtml] p").first
    assert opened.locator("mark").first.inner_text().replace(" ", "") == word


def test_an_agency_that_names_a_theme_opens_its_own_sentences(watched: Watched, address: str) -> None:
    page = watched.open(f"{address}/problems?part=agencies&theme=timeliness")
    press(longest(_chart(page, "的机构（").locator(_BARS)))
    expect(page.get_by_text(re.compile("公开不及时 · .*问题原句"))).to_be_visible()
    assert _behind(watched).startswith("theme_agencies:theme-statements:agency::")


def test_the_sentences_download_as_the_query(watched: Watched, address: str, tmp_path: Path) -> None:
    page = watched.open(f"{address}/problems?part=agencies&theme=interpretation")
    shown = page.get_by_text(re.compile(r"政策解读不足：问题原句 \d+ 条"))
    expect(shown).to_be_visible()
    with page.expect_download() as got:
        shown.locator("xpath=following::*[@data-testid='stDownloadButton'][1]").get_by_role("button").click()
    saved = tmp_path / "statements.csv"
    got.value.save_as(saved)
    found = list(csv.DictReader(io.StringIO(saved.read_text(encoding="utf-8-sig"))))
    expected = [row for row in rows_of(address, "", "problems") if "解读" in row["text"]]
    assert found and len(found) == len(expected)


@pytest.mark.parametrize("part", ["themes", "agencies", "words", "reuse"])
def test_a_part_fits_a_telephone_in_the_dark(browser: Browser, address: str, part: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900}, color_scheme="dark")
    seen = Watched(context.new_page())
    page = seen.open(f"{address}/problems?part={part}&lang=en")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    texts = page.locator(".js-plotly-plot text").all_text_contents()
    assert not {"null", "undefined", "NaN"} & {text.strip() for text in texts}
    assert page.get_by_test_id("stException").count() == 0
    context.close()
    assert seen.faults == []


def test_a_map_of_many_columns_keeps_its_numbers_apart_on_a_telephone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = Watched(context.new_page()).open(f"{address}/problems")
    frame = page.locator(".st-key-wide_chart_themes_by_county")
    assert frame.evaluate("each => each.scrollWidth > each.clientWidth && each.clientWidth < window.innerWidth")
    boxes = [text.bounding_box() for text in frame.locator(".hm text, .heatmap-label text").all()]
    spans = sorted((box["y"], box["x"], box["x"] + box["width"]) for box in boxes if box)
    assert len(spans) > 2
    for (row, _, end), (next_row, start, _) in pairwise(spans):
        assert row != next_row or end <= start
    context.close()
