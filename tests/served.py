"""A real browser to look at a served dashboard, and what it gives to programs; `bench.server` serves it."""

from __future__ import annotations

import csv
import io
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from etl.sample.pdf import QUIET, browser


def chromium() -> str:
    """Path of a browser; without one the test is skipped, in CI it fails."""
    found = browser()
    if found is not None:
        return found
    message = "no Chromium found; install it with: apt-get install chromium fonts-noto-cjk"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def browsing() -> Iterator[Browser]:
    """A running browser, closed afterwards; skips or fails like `chromium` without one."""
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


def rows_of(address: str, query: str, table: str = "reports") -> list[dict[str, str]]:
    """What an address for programs gives, as rows of text."""
    with urllib.request.urlopen(f"{address}/data/{table}.csv?{query}") as answer:
        return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
