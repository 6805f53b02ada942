"""Measures the first page and a filter change in a real Chromium; `make bench` writes it for the shipped sample.

    python -m bench.pages [--warehouse DIR] [--rounds N]

First page: a new browser profile (cold cache) in a window at rest, from opening the address to the first and to the
last chart of the overview, and the CPU time of the page's main thread. Returning: the window opens the address again.
Small files: the scripts and styles that the shell names, one after the other over one connection.
Filter change: from the click on a county to every chart drawn anew. The server is warm: one page was opened before.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from bench import loads, visits
from bench.server import serving
from bench.table import Row, markdown
from etl.paths import PROJECT, warehouse_folder
from etl.sample.pdf import Printer, browser, printer
from tests.served import browsing

PART = "Pages in Chromium"
SAMPLE = PROJECT / "data" / "reports"
ROUNDS = 10
CHARTS = 6
WINDOW: ViewportSize = {"width": 1400, "height": 1000}
_VISITS = (
    "new visitor, first chart",
    "new visitor, last chart",
    "new visitor, CPU time of the page",
    "returning, first chart",
    "returning, last chart",
)
_SETTLES = 400
_DRAWN = "n => document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length >= n"
_IDLE = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"


def small_files(address: str) -> float:
    """Milliseconds for each file that the shell names, over one connection."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"))
    connection.request("GET", "/", headers={"Accept": "text/html"})
    names = re.findall(r'"\./(static/[^"]+)"', connection.getresponse().read().decode())
    start = time.perf_counter()
    for name in names:
        connection.request("GET", f"/{name}", headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()
    connection.close()
    return 1000 * (time.perf_counter() - start) / len(names)


def cold_and_returning(chromium: Printer, address: str) -> list[float]:
    """First and last chart for a new profile, the page's CPU time until then, the charts in that window again."""
    visits.new_visitor(chromium, **WINDOW)
    new = [*visits.visit(chromium, address, CHARTS), visits.work(chromium)]
    again = visits.visit(chromium, address, CHARTS)
    visits.leave(chromium)
    return [*new, *again]


def filter_change(page: Page) -> float:
    """Seconds from the click on a county to the charts of what is left; the filter is reset afterwards."""
    side = page.get_by_test_id("stSidebar")
    box = side.get_by_test_id("stMultiSelect").nth(3)
    left = side.locator("p", has_text="份报告").inner_text()
    box.locator("input").click()
    option = page.get_by_role("option").nth(1)
    option.wait_for()
    page.wait_for_timeout(_SETTLES)  # a click on a list that is still unfolding is lost
    start = time.perf_counter()
    option.click()
    page.wait_for_function("text => !document.body.innerText.includes(text)", arg=left)
    page.wait_for_function(_IDLE)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    seconds = time.perf_counter() - start
    page.keyboard.press("Escape")
    side.get_by_role("button", name="重置筛选").click()
    page.wait_for_function("text => document.body.innerText.includes(text)", arg=left)
    page.wait_for_function(_IDLE)
    return seconds


def rows(warehouse: Path, rounds: int = ROUNDS) -> Iterator[Row]:
    """The measurements over a warehouse, after one round that warms the server."""
    with serving(warehouse) as address:
        with printer() as chromium:
            cold_and_returning(chromium, address)
            opened = [cold_and_returning(chromium, address) for _ in range(rounds)]
        changes = _changes(address, rounds)
        answers = [small_files(address) for _ in range(rounds)]
    for name, seconds in zip(_VISITS, zip(*opened, strict=True), strict=True):
        yield _row(name, list(seconds))
    yield _row("filter change", changes)
    yield Row(PART, "small file over a kept connection", f"{statistics.median(answers):.1f} ms", f"median of {rounds}")


def _changes(address: str, rounds: int) -> list[float]:
    with browsing() as opened_in:
        page = opened_in.new_page(viewport=WINDOW)
        page.goto(address)
        page.wait_for_function(_DRAWN, arg=CHARTS)
        page.wait_for_function(_IDLE)
        filter_change(page)
        return [filter_change(page) for _ in range(rounds)]


def _row(name: str, seconds: list[float]) -> Row:
    measured = f"{statistics.median(seconds):.2f} s"
    return Row(PART, name, measured, f"median of {len(seconds)}; best {min(seconds):.2f} s, worst {max(seconds):.2f} s")


def of_the_sample(folder: Path) -> Iterator[Row]:
    """The measurements over the shipped sample, loaded into a folder; a row that says so without a browser."""
    if browser() is None:
        yield Row(PART, "shipped sample", "not measured", "no Chromium on this machine")
        return
    loads.one_load(SAMPLE, folder, 1)
    yield from rows(folder)


def main() -> None:
    """Serve the warehouse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--warehouse", type=Path, default=warehouse_folder())
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    print(markdown(rows(options.warehouse, options.rounds), "Pages"))


if __name__ == "__main__":
    main()
