"""Serves the dashboard: Streamlit in a child process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from etl.paths import DASHBOARD_APP, PROJECT, WAREHOUSE_VARIABLE


def serve(folder: Path, host: str, port: int) -> int:
    """Run the dashboard until it ends or is interrupted; returns its exit code."""
    command = [sys.executable, "-m", "streamlit", "run", str(DASHBOARD_APP), "--server.headless", "true"]
    command += ["--server.address", host, "--server.port", str(port), "--browser.gatherUsageStats", "false"]
    environment = {**os.environ, WAREHOUSE_VARIABLE: str(folder.resolve())}
    with subprocess.Popen(command, env=environment, cwd=PROJECT) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.terminate()
            return child.wait()
