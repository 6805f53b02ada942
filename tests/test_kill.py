"""A load killed at any moment: the old warehouse answers, and the next load ends where an undisturbed one does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.load.executors import local
from etl.load.load import Options, load
from etl.sample.write import SampleOptions, write_sample
from etl.warehouse import store

KILLS = int(os.environ.get("NIANBAO_KILLS", "6"))
"""How often the load is killed; 50 for the full proof."""

CHILD = """
import sys
from pathlib import Path
from etl.load.executors import local
from etl.load.load import Options, load
print("ready", flush=True)
sys.stdin.readline()
load([Path(sys.argv[1])], Options(Path(sys.argv[2]), local(1)))
"""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")


def start(reports: Path, folder: Path) -> subprocess.Popen[bytes]:
    """A process about to load, its imports done."""
    command = [sys.executable, "-c", CHILD, str(reports), str(folder)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None and child.stdin is not None
    assert child.stdout.readline() == b"ready\n"
    child.stdin.write(b"\n")
    child.stdin.flush()
    return child


def finish(child: subprocess.Popen[bytes]) -> None:
    child.communicate(timeout=120)


def test_killed_at_random_moments(tmp_path: Path) -> None:
    reports, folder = tmp_path / "reports", tmp_path / "w"
    write_sample(reports, SampleOptions(2, (2021, 2022)))
    first = load([reports], Options(folder, local(1))).build
    write_sample(reports, SampleOptions(8, (2021, 2023), seed=1))
    wanted = load([reports], Options(tmp_path / "undisturbed", local(1))).build
    assert first is not None and wanted is not None
    before, after = store.content_hash(first), store.content_hash(wanted)
    child = start(reports, tmp_path / "timed")
    started = time.monotonic()
    finish(child)
    seconds = time.monotonic() - started
    moments = random.Random(7)
    for _ in range(KILLS):
        child = start(reports, folder)
        time.sleep(moments.uniform(0, seconds))
        child.kill()
        finish(child)
        assert store.content_hash(store.current_file(folder)) in {before, after}
    loaded = load([reports], Options(folder, local(1)))
    assert {outcome.outcome for outcome in loaded.outcomes} <= {"loaded", "replaced", "unchanged", "ignored"}
    assert store.content_hash(store.current_file(folder)) == after
    assert not list(folder.glob("*.part*"))
