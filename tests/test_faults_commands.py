"""What stands in a command's way is said in one sentence with what to do; each of these conditions is a real one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from msgspec.structs import replace
from typer.testing import CliRunner, Result

from etl.commands.app import app
from etl.commands.failures import NOT_DONE
from etl.report import Finding, Severity
from etl.warehouse import store
from tests import made_up

LOCK = "import duckdb, sys, time; held = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(600)"
TERMINAL = "\x1b]0;taken over\x07\x1b[2J"

# The program is whole before a limit is set, as on a machine whose disk or memory runs out while it works.
LIMITED = """
import os, resource, signal, sys
from pathlib import Path
from typer.testing import CliRunner
from etl.commands.app import app
limit, words = sys.argv[1], sys.argv[2:]
CliRunner().invoke(app, ["check", "--warehouse", words[-1]])
if limit == "disk":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
elif limit == "memory":
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + 2_000_000, resource.RLIM_INFINITY))
elif os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
result = CliRunner().invoke(app, words)
sys.stdout.write(result.output + result.stderr + repr(result.exception))
sys.stdout.flush()
os._exit(result.exit_code)
"""


def nianbao(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def limited(limit: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LIMITED, limit, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return made_up.warehouse(tmp_path / "w", made_up.many())


def commands(folder: Path) -> Iterator[tuple[str | Path, ...]]:
    """Every command that opens a warehouse."""
    report = folder.parent / "a.txt"
    report.write_text("x", encoding="utf-8")
    yield "check", "--warehouse", folder
    yield "diff", folder, folder
    yield "export", folder.parent / "out.zip", "--warehouse", folder
    yield "load", report, "--warehouse", folder


def sentence(result: Result) -> str:
    """What was said: no traceback, and nothing was lost on the way."""
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == NOT_DONE
    [said] = result.stderr.splitlines()
    return said


def test_a_file_that_another_program_holds_is_not_called_damaged(warehouse: Path) -> None:
    file = store.current_file(warehouse)
    with subprocess.Popen([sys.executable, "-c", LOCK, str(file)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline()
        for command in commands(warehouse):
            said = sentence(nianbao(*command))
            assert "another program" in said and str(other.pid) in said and "damaged" not in said
        other.kill()
    for command in commands(warehouse):
        assert nianbao(*command).exit_code != NOT_DONE


def test_a_damaged_block_is_told_by_every_command(warehouse: Path) -> None:
    file = store.current_file(warehouse)
    data = bytearray(file.read_bytes())
    data[12_288 + 4096 :] = bytes(byte ^ 0x55 for byte in data[12_288 + 4096 :])
    file.write_bytes(data)
    for command in commands(warehouse):
        said = sentence(nianbao(*command))
        assert "damaged" in said and "backup" in said
    assert not (warehouse.parent / "out.zip").exists()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a" * 5000, b"wh-a.duckdb\nwh-b.duckdb", b"wh-../../x.duckdb", None])
def test_a_pointer_that_is_none_is_a_damaged_warehouse(content: bytes | None, warehouse: Path) -> None:
    pointer = warehouse / store.POINTER
    pointer.unlink()
    if content is None:
        pointer.mkdir()
    else:
        pointer.write_bytes(content)
    for command in commands(warehouse):
        assert "damaged" in sentence(nianbao(*command))


@pytest.mark.parametrize("how", ["update base.build set dictionary_version = 'older'", "drop schema base cascade"])
def test_a_warehouse_of_another_version_is_told_by_those_who_cannot_read_it(how: str, warehouse: Path) -> None:
    with duckdb.connect(str(store.current_file(warehouse))) as connection:
        for view in ("cells", "findings", "problems", "metrics_long", "reports"):
            connection.execute(f"drop view {view}")
        connection.execute(how)
    for command in commands(warehouse):
        if command[0] != "load":
            assert "another version" in sentence(nianbao(*command)), command


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process as Linux has them")
@pytest.mark.parametrize(
    ("limit", "says"), [("disk", "File too large"), ("memory", "memory"), ("user", "Permission denied")]
)
def test_no_room_no_memory_and_no_permission_are_told(limit: str, says: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = made_up.warehouse(Path(place) / "w", made_up.many())
        out = Path(place) / "out.zip"
        out.write_bytes(b"the former one")
        for path in (Path(place), folder, *folder.iterdir()):
            path.chmod(0o755)
        ended = limited(limit, "export", out, "--warehouse", folder)
        assert ended.returncode == NOT_DONE, ended.stdout + ended.stderr
        assert says in ended.stdout and "Traceback" not in ended.stdout + ended.stderr
        assert out.read_bytes() == b"the former one"
        assert [path.name for path in Path(place).iterdir() if "part" in path.name] == []


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no other user to be")
def test_a_warehouse_that_may_not_be_read_is_not_called_damaged() -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = made_up.warehouse(Path(place) / "w", made_up.many()[:2])
        store.current_file(folder).chmod(0)
        ended = limited("user", "check", "--warehouse", folder)
        assert ended.returncode == NOT_DONE, ended.stdout + ended.stderr
        assert "not permitted" in ended.stdout and "damaged" not in ended.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_manifest_that_finds_the_disk_full_does_not_take_the_load_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 100_000, encoding="utf-8")
    result = nianbao("load", tmp_path / "a.txt", "--warehouse", tmp_path / "w", "--manifest", "/dev/full")
    said = sentence(result)
    assert "only the manifest" in said and "No space left" in said
    assert store.current_file(tmp_path / "w").exists()


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no such device")
def test_an_export_does_not_replace_a_device(warehouse: Path) -> None:
    assert nianbao("export", "/dev/null", "--warehouse", warehouse).exit_code == 0
    assert not Path("/dev/null").is_file()


def test_a_file_is_explained_within_the_limits_of_a_load(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(2**30)
    assert "too_large" in nianbao("explain", tmp_path / "huge.txt").stderr


def test_nothing_that_a_file_says_runs_in_the_terminal(tmp_path: Path) -> None:
    report = made_up.report(made_up.AGENCIES[0], 2023)
    name = f"{report.identity.agency}[/red][link=x]{TERMINAL}\u202e"
    found = (Finding("A1", Severity.ERROR, f"[/b]{TERMINAL}", cells=("3/received/total",)),)
    changed = replace(report, findings=found, identity=replace(report.identity, agency=name))
    folder = made_up.warehouse(tmp_path / "w", [changed])
    (tmp_path / f"[{TERMINAL}.txt").write_text("x", encoding="utf-8")
    said = [
        nianbao("check", "--warehouse", folder),
        nianbao("diff", made_up.warehouse(tmp_path / "w2", [report]), folder),
        nianbao("load", tmp_path / f"[{TERMINAL}.txt", "--warehouse", tmp_path / "w3"),
        nianbao("explain", tmp_path / f"[{TERMINAL}.txt"),
    ]
    for result in said:
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        assert not {"\x1b", "\x07", "\u202e"} & set(result.output + result.stderr)
    assert "[/b]" in said[0].output and "[/red]" in said[0].output
