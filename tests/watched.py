"""A page in Chromium that is watched: its errors, its exception boxes, its requests to other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

LONG = 30_000
"""Milliseconds to wait for what a page shows."""
expect.set_options(timeout=LONG)
_STILL = 150
"""Milliseconds in which nothing may move before the page is taken for still."""
_DRAWN = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton]')
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart => chart.querySelector('.main-svg'))"""
"""The script has run and every chart of the page has its drawing."""


class Watched:
    """A page whose console errors, exception boxes and requests to other hosts are kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.set_default_timeout(LONG)
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda asked: self._outside(asked.url))

    def _outside(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname != "127.0.0.1":
            self.faults.append(f"outside request: {url}")

    def open(self, url: str) -> Page:
        self.page.goto(url)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script has run and the charts are drawn."""
        expect(self.page.locator("h1").first).to_be_visible()
        self.page.wait_for_function(_DRAWN)

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.evaluate("window.location.href")).query)

    def reach(self, query: dict[str, list[str]]) -> None:
        """Wait until the address carries exactly this; the page may be drawn before it."""
        self.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == query)


def press(mark: Locator) -> None:
    """Click the middle of a mark in a chart, or of a button in a fold that opens, once it stands still."""
    mark.scroll_into_view_if_needed()
    box = _still(mark)
    mark.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def longest(bars: Locator) -> Locator:
    """The longest of the bars, when there are any."""
    expect(bars.first).to_be_visible()
    return max(bars.all(), key=lambda bar: _still(bar)["width"])


def _still(mark: Locator) -> FloatRect:
    """Where a mark is when it has stopped moving: charts above it may still be drawn."""
    before, box = None, mark.bounding_box()
    while box is None or box != before:
        mark.page.wait_for_timeout(_STILL)
        before, box = box, mark.bounding_box()
    return box


@contextmanager
def watching(browser: Browser) -> Iterator[Watched]:
    """A page of its own, which must have had no fault when it is closed."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    seen = Watched(context.new_page())
    yield seen
    assert not seen.page.get_by_test_id("stException").count()
    context.close()
    assert seen.faults == []
