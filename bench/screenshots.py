"""Makes the screenshots of the README in docs/screenshots/, of the shipped sample unless told otherwise.

python -m bench.screenshots [--warehouse DIR]
"""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from bench import loads
from bench.pages import SAMPLE
from bench.server import serving
from etl.paths import PROJECT
from tests.served import browsing

FOLDER = PROJECT / "docs" / "screenshots"
_IDLE = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
_DRAWN = "document.querySelectorAll('[data-testid=stSkeleton]').length === 0"
_SHOWN = ".js-plotly-plot .main-svg, [data-testid=stMain] table"
_SETTLED_MS = 1500


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its file, the address, the theme and the window."""

    name: str
    path: str
    scheme: Literal["light", "dark"] = "light"
    width: int = 1400
    height: int = 1000


SHOTS = (
    Shot("overview", "", height=1300),
    Shot("applications", "applications", height=1500),
    Shot("problems", "problems", height=1100),
    Shot("reader", "reader?lang=en&year=2023", scheme="dark", height=1300),
)


def take(browser: Browser, address: str, shot: Shot) -> Path:
    """Open a page and write its picture; returns the file. TimeoutError when the page has nothing to show."""
    page = browser.new_page(viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.scheme)
    page.goto(f"{address}/{shot.path}")
    page.locator(_SHOWN).first.wait_for()
    page.wait_for_function(_IDLE)
    page.wait_for_function(_DRAWN)
    page.wait_for_timeout(_SETTLED_MS)
    target = FOLDER / f"{shot.name}.png"
    page.screenshot(path=target)
    page.close()
    return target


def main() -> None:
    """Serve the warehouse and take every picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--warehouse", type=Path)
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        if options.warehouse is None:
            loads.one_load(Path(os.path.relpath(SAMPLE)), Path(scratch), 1)  # the reader shows where a report lies
        with serving(options.warehouse or Path(scratch)) as address, browsing() as browser:
            for shot in SHOTS:
                print(take(browser, address, shot).relative_to(PROJECT))


if __name__ == "__main__":
    main()
