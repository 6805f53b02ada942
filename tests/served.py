"""The dashboard as a visitor gets it: a server process over a warehouse, and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            with urllib.request.urlopen(f"{address}/health"):
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(address)


@contextmanager
def serving(warehouse: Path) -> Iterator[str]:
    """A server over the warehouse; gives its address and ends the process afterwards."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "dashboard" / "server.py")]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = os.environ | {"NIANBAO_WAREHOUSE": str(warehouse)}
    process = subprocess.Popen([*command, *options], cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def chromium() -> str:
    """Path of a browser; without one the test is skipped, in CI it fails."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is not None:
        return found
    message = "no Chromium found; install it with: apt-get install chromium fonts-noto-cjk"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
