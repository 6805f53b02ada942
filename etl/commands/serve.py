"""Serves the dashboard: Streamlit in a child process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from etl.paths import DASHBOARD_SERVER, PROJECT, WAREHOUSE_VARIABLE


def serve(folder: Path, host: str, port: int) -> int:
    """Run the dashboard until it ends or is interrupted; returns its exit code."""
    command = [sys.executable, "-m", "streamlit", "run", str(DASHBOARD_SERVER), "--server.headless", "true"]
    command += ["--server.address", host, "--server.port", str(port), "--browser.gatherUsageStats", "false"]
    environment = {**os.environ, WAREHOUSE_VARIABLE: str(folder.resolve())}
    with subprocess.Popen(command, env=environment, cwd=PROJECT) as child:
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.terminate()
            return child.wait()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """A service manager's stop ends the child as Ctrl-C does."""
    raise KeyboardInterrupt
