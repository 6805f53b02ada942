"""A load that cannot be done: the old data stay, the command says what to do, and the next load ends the work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from etl.commands.app import app
from etl.commands.failures import NOT_DONE
from etl.load.executors import local
from etl.load.load import Options, load
from etl.sample.write import SampleOptions, write_sample
from etl.warehouse import store
from tests.test_kill import start

ENDED = 0

# A first load imports everything while that may still be read; then the superuser, whom no mode stops, becomes nobody.
READ_ONLY = """
import os, sys
from typer.testing import CliRunner
from etl.commands.app import app
CliRunner().invoke(app, ["load", sys.argv[4], "--warehouse", sys.argv[3], "--jobs", "1"])
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
result = CliRunner().invoke(app, ["load", sys.argv[4], "--warehouse", sys.argv[2], "--jobs", "1"])
print(result.output, result.exception)
sys.exit(result.exit_code)
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, SampleOptions(2, (2021, 2022)))
    return folder


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    """A warehouse of the made-up reports, built twice, so that an older file lies beside the newest."""
    first = sorted(sample.rglob("*.txt"))[0]
    load([first], Options(tmp_path / "w", local(1)))
    load([sample], Options(tmp_path / "w", local(1)))
    return tmp_path / "w"


def command(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def more(sample: Path, tmp_path: Path) -> Path:
    """The reports and one file that the warehouse does not know."""
    reports = Path(shutil.copytree(sample, tmp_path / "more"))
    path = sorted(reports.rglob("*.txt"))[0]
    path.write_bytes(path.read_bytes() + "\n（完）\n".encode())
    return reports


def test_of_two_loads_at_once_one_waits_for_nobody_and_says_so(sample: Path, folder: Path, tmp_path: Path) -> None:
    before = store.content_hash(store.current_file(folder))
    reports = more(sample, tmp_path)
    with store.load_lock(folder):
        result = command("load", reports, "--warehouse", folder, "--jobs", "1")
        assert result.exit_code == NOT_DONE
        assert "another load" in result.output and "repeat" in result.output
        assert store.content_hash(store.current_file(folder)) == before
    assert command("load", reports, "--warehouse", folder, "--jobs", "1").exit_code == ENDED
    assert store.content_hash(store.current_file(folder)) != before


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no other user to be")
def test_a_folder_that_cannot_be_written_is_left_and_named(sample: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        reports, folder = Path(shutil.copytree(sample, Path(place) / "reports")), Path(place) / "w"
        for inner in (reports, *reports.iterdir()):
            inner.chmod(0o755)
        load([reports], Options(folder, local(1)))
        before = store.current_file(folder)
        path = sorted(reports.rglob("*.txt"))[0]
        path.write_bytes(path.read_bytes() + b"\n")
        folder.chmod(0o555)
        arguments = [str(one) for one in (reports, folder, Path(place) / "warm", path)]
        ended = subprocess.run(
            [sys.executable, "-c", READ_ONLY, *arguments], capture_output=True, text=True, check=False
        )
        assert ended.returncode == NOT_DONE, ended.stdout + ended.stderr
        assert "Permission denied" in ended.stdout and "the old data are as they were" in ended.stdout
        assert store.current_file(folder) == before
        folder.chmod(0o755)
        assert load([reports], Options(folder, local(1))).counts()["replaced"] == 1


def damages() -> Iterator[tuple[str, bytes | None]]:
    yield "cut", None
    yield "rubbish", b"rubbish" * 9999
    yield "empty", b""


@pytest.mark.parametrize(("how", "content"), list(damages()), ids=[name for name, _ in damages()])
def test_a_damaged_warehouse_is_mended_as_the_message_says(
    how: str, content: bytes | None, sample: Path, folder: Path
) -> None:
    wanted = store.content_hash(store.current_file(folder))
    newest = store.current_file(folder)
    [older] = [path for path in folder.glob("wh-*.duckdb") if path != newest]
    newest.write_bytes(newest.read_bytes()[:6000] if content is None else content)
    result = command("load", sample, "--warehouse", folder, "--jobs", "1")
    assert result.exit_code == NOT_DONE, how
    assert "damaged" in result.output and "current to the other" in result.output
    (folder / store.POINTER).write_text(f"{older.name}\n", encoding="utf-8")
    assert command("load", sample, "--warehouse", folder, "--jobs", "1").exit_code == ENDED
    assert store.content_hash(store.current_file(folder)) == wanted


def test_the_file_that_was_put_back_is_kept_not_the_damaged_one(sample: Path, folder: Path, tmp_path: Path) -> None:
    newest = store.current_file(folder)
    [older] = [path for path in folder.glob("wh-*.duckdb") if path != newest]
    newest.write_bytes(b"rubbish" * 9999)
    (folder / store.POINTER).write_text(f"{older.name}\n", encoding="utf-8")
    assert command("load", more(sample, tmp_path), "--warehouse", folder, "--jobs", "1").exit_code == ENDED
    assert sorted(folder.glob("wh-*.duckdb")) == [older, store.current_file(folder)]


@pytest.mark.parametrize("pointer", ["", "wh-gone.duckdb", "../../etc/passwd", "\x00", "甲乙丙"])
def test_a_damaged_pointer_is_told_and_leads_nowhere_else(pointer: str, sample: Path, folder: Path) -> None:
    (folder / store.POINTER).write_text(pointer, encoding="utf-8")
    result = command("load", sample, "--warehouse", folder, "--jobs", "1")
    assert result.exit_code == NOT_DONE
    assert "damaged" in result.output


def test_a_removed_folder_loads_again_from_nothing(sample: Path, folder: Path) -> None:
    wanted = store.content_hash(store.current_file(folder))
    shutil.rmtree(folder)
    assert command("load", sample, "--warehouse", folder, "--jobs", "1").exit_code == ENDED
    assert store.content_hash(store.current_file(folder)) == wanted


def _children(pid: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid:
            found.add(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system has no /proc")
def test_a_killed_load_leaves_no_process_behind(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    write_sample(reports, SampleOptions(40, (2014, 2023)))
    script = "from etl.cli import main; main()"
    child = subprocess.Popen(
        [sys.executable, "-c", script, "load", str(reports), "--warehouse", str(tmp_path / "w"), "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    workers: set[int] = set()
    deadline = time.monotonic() + 60
    while len(workers) < 2 and time.monotonic() < deadline and child.poll() is None:
        workers = _children(child.pid)
        time.sleep(0.1)
    assert len(workers) >= 2
    child.kill()
    child.wait()
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_a_load_that_is_killed_before_it_begins_leaves_a_folder_that_loads(sample: Path, tmp_path: Path) -> None:
    child = start(sample, tmp_path / "w")
    child.kill()
    child.communicate()
    assert command("load", sample, "--warehouse", tmp_path / "w", "--jobs", "1").exit_code == ENDED
