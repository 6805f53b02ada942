"""Measures the first page and a filter change in a real Chromium; prints medians as a Markdown table.

    python -m bench.pages [--warehouse DIR] [--rounds N]

First page: a new browser profile (cold cache), from opening the address to the last chart of the overview drawn.
Filter change: from the click on a county to every chart drawn anew. The server is warm: one page was opened before.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from etl.paths import warehouse_folder
from tests.served import FLAGS, chromium, serving

ROUNDS = 10
CHARTS = 6
_DRAWN = f"document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length >= {CHARTS}"
_IDLE = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"


def first_page(browser: Browser, address: str) -> float:
    """Seconds from opening the address, with nothing cached, to the charts of the overview."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(_DRAWN)
    page.wait_for_function(_IDLE)
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def filter_change(page: Page) -> float:
    """Seconds from the click on a county to the charts of what is left; the filter is reset afterwards."""
    side = page.get_by_test_id("stSidebar")
    box = side.get_by_test_id("stMultiSelect").nth(3)
    left = side.locator("p", has_text="份报告").inner_text()
    box.locator("input").click()
    option = page.get_by_role("option").nth(1)
    option.wait_for()
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


def measured(rounds: int, once: Callable[[], float]) -> tuple[float, float]:
    """Median and highest of so many rounds, in seconds."""
    seconds = [once() for _ in range(rounds)]
    return statistics.median(seconds), max(seconds)


def main() -> None:
    """Serve the warehouse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--warehouse", type=Path, default=warehouse_folder())
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    with serving(options.warehouse) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        first_page(browser, address)
        first = measured(options.rounds, lambda: first_page(browser, address))
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(address)
        page.wait_for_function(_DRAWN)
        page.wait_for_function(_IDLE)
        filter_change(page)
        change = measured(options.rounds, lambda: filter_change(page))
        browser.close()
    print(f"| {options.rounds} rounds | median s | worst s |\n|---|---|---|")
    print(f"| first page, cold browser | {first[0]:.2f} | {first[1]:.2f} |")
    print(f"| filter change | {change[0]:.2f} | {change[1]:.2f} |")


if __name__ == "__main__":
    main()
