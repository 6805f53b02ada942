"""A load: what it takes, what it refuses and why, what it leaves alone, and that nothing is lost when it fails."""

from __future__ import annotations

import os
import re
import shutil
import signal
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

import pytest

from etl.load.executors import CHUNK_FILES, Place, local, portions, read_all
from etl.load.load import Loaded, Options, load
from etl.load.outcomes import words
from etl.load.scan import Offer, scan
from etl.load.worker import Task
from etl.paths import PROJECT
from etl.sample.write import SampleOptions, write_sample
from etl.warehouse import store
from etl.warehouse.warehouse import NotWrittenError, OtherStructureError

RECIPE = "红烧茄子的做法\n\n茄子两个，切块，撒盐腌十分钟。\n热锅下油，先煎茄子，再放蒜末和酱油，小火焖三分钟。\n"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve made-up reports of four agencies as text."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, SampleOptions(4, (2021, 2023)))
    return folder


@pytest.fixture
def reports(sample: Path, tmp_path: Path) -> Path:
    """A copy of the made-up reports that a test may change."""
    return Path(shutil.copytree(sample, tmp_path / "reports"))


def run(paths: Sequence[Path], folder: Path, jobs: int = 1) -> Loaded:
    return load(paths, Options(folder, local(jobs)))


def reasons(loaded: Loaded) -> dict[str, str | None]:
    return {Path(one.shown).name: one.reason for one in loaded.outcomes if one.outcome == "rejected"}


def ask(folder: Path, query: str) -> list[tuple[object, ...]]:
    with store.read_current(folder) as connection:
        rows: list[tuple[object, ...]] = connection.execute(query).fetchall()
    return rows


def some(reports: Path) -> Path:
    return sorted(reports.rglob("*.txt"))[0]


def test_a_folder_loads_and_the_second_time_nothing_changes(reports: Path, tmp_path: Path) -> None:
    first = run([reports], tmp_path / "w")
    assert first.counts() == {"loaded": 12, "ignored": 12} and first.build is not None
    second = run([reports], tmp_path / "w")
    assert second.counts() == {"unchanged": 12, "ignored": 12} and second.build is None
    assert store.current_file(tmp_path / "w") == first.build


def test_each_bad_file_is_refused_with_its_reason_and_the_rest_loads(reports: Path, tmp_path: Path) -> None:
    (reports / "empty.txt").touch()
    (reports / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (reports / "recipe.txt").write_text(RECIPE, encoding="utf-8")
    with (reports / "huge.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    loaded = run([reports], tmp_path / "w")
    assert reasons(loaded) == {
        "empty.txt": "empty",
        "picture.txt": "not_a_document",
        "recipe.txt": "not_a_report",
        "huge.txt": "too_large",
    }
    assert loaded.counts()["loaded"] == 12
    again = run([reports], tmp_path / "w")
    assert again.build is None and reasons(again) == reasons(loaded)


def test_a_changed_file_is_replaced_and_only_it_is_read(reports: Path, tmp_path: Path) -> None:
    run([reports], tmp_path / "w")
    path = some(reports)
    path.write_bytes(path.read_bytes() + "\n（完）\n".encode())
    loaded = run([reports], tmp_path / "w")
    assert loaded.counts() == {"replaced": 1, "unchanged": 11, "ignored": 12}
    assert len(ask(tmp_path / "w", "from reports")) == 12


def test_a_file_that_was_only_touched_is_unchanged(reports: Path, tmp_path: Path) -> None:
    run([reports], tmp_path / "w")
    os.utime(some(reports), (1, 1))
    loaded = run([reports], tmp_path / "w")
    assert loaded.counts()["unchanged"] == 12 and loaded.build is None


def test_a_copy_is_a_duplicate_and_a_changed_copy_a_conflict(reports: Path, tmp_path: Path) -> None:
    path = some(reports)
    (path.parent / "zz copy.txt").write_bytes(path.read_bytes())
    (path.parent / "zz other.txt").write_bytes(path.read_bytes() + "\n（完）\n".encode())
    loaded = run([reports], tmp_path / "w")
    outcomes = {Path(one.shown).name: one.outcome for one in loaded.outcomes}
    assert (outcomes["zz copy.txt"], outcomes["zz other.txt"]) == ("duplicate", "conflict")
    assert loaded.counts()["loaded"] == 12
    assert sorted(ask(tmp_path / "w", "select rule from findings where rule in ('D1', 'D2')")) == [("D1",), ("D2",)]
    assert run([reports], tmp_path / "w").build is None


def test_what_was_read_of_a_file_that_is_gone_stays(reports: Path, tmp_path: Path) -> None:
    run([reports], tmp_path / "w")
    some(reports).unlink()
    loaded = run([reports], tmp_path / "w")
    assert loaded.build is None and loaded.counts()["unchanged"] == 11
    assert len(ask(tmp_path / "w", "from reports")) == 12


def test_a_renamed_file_counts_under_its_new_name_and_its_corrections_too(reports: Path, tmp_path: Path) -> None:
    folder, path = tmp_path / "w", some(reports)
    run([reports], folder)
    renamed = path.rename(path.with_name("zz renamed.txt"))
    assert [one.outcome for one in run([reports], folder).outcomes if one.shown == str(renamed)] == ["loaded"]
    assert ask(folder, f"select count(*) from reports where source_path = '{renamed}'") == [(1,)]
    assert ask(folder, f"select outcome from sources where path = '{path}'") == [("duplicate",)]
    renamed.write_bytes(renamed.read_bytes() + "\n（已更正）\n".encode())
    counts = run([reports], folder).counts()
    assert (counts["replaced"], counts["unchanged"]) == (1, 11)
    assert ask(folder, f"select outcome from sources where path = '{path}'") == [("conflict",)]
    assert len(ask(folder, "from reports")) == 12
    assert run([reports], folder).build is None


def test_a_report_that_was_put_into_an_archive_is_still_there(reports: Path, tmp_path: Path) -> None:
    folder, path = tmp_path / "w", some(reports)
    with zipfile.ZipFile(tmp_path / "年报.zip", "w") as packed:
        packed.write(path, "甲.txt")
    run([tmp_path / "年报.zip"], folder)
    assert {one.outcome for one in run([path], folder).outcomes} == {"duplicate"}
    (tmp_path / "年报.zip").unlink()
    path.write_bytes(path.read_bytes() + "\n（已更正）\n".encode())
    assert {one.outcome for one in run([path], folder).outcomes} == {"replaced"}


def test_a_file_that_is_gone_does_not_count_again_when_one_that_is_there_can(reports: Path, tmp_path: Path) -> None:
    folder, path = tmp_path / "w", some(reports)
    text = path.read_bytes()
    gone, bad, there = (path.with_name(f"{name}.txt") for name in ("a gone", "b bad", "c there"))
    for number, one in enumerate((gone, bad, there)):
        one.write_bytes(text + f"\n（{number}）\n".encode())
    path.unlink()
    run([path.parent], folder)
    gone.unlink()
    bad.write_text(RECIPE, encoding="utf-8")
    run([path.parent], folder)
    assert ask(folder, f"select count(*) from reports where source_path = '{there}'") == [(1,)]
    there.unlink()
    other = next(one for one in sorted(path.parent.glob("*.txt")) if one != bad)
    other.write_bytes(other.read_bytes() + "\n（完）\n".encode())
    run([path.parent], folder)
    assert ask(folder, f"select count(*) from reports where source_path = '{there}'") == [(1,)], "it stays"


def test_a_file_that_is_no_report_any_more_takes_its_report_along(reports: Path, tmp_path: Path) -> None:
    run([reports], tmp_path / "w")
    some(reports).write_text(RECIPE, encoding="utf-8")
    loaded = run([reports], tmp_path / "w")
    assert reasons(loaded) == {some(reports).name: "not_a_report"}
    assert len(ask(tmp_path / "w", "from reports")) == 11


def test_links_out_of_the_folder_are_refused_and_no_loop_hangs(reports: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_bytes(some(reports).read_bytes())
    (reports / "out.txt").symlink_to(outside / "secret.txt")
    (reports / "folder").symlink_to(outside)
    (reports / "loop").symlink_to(reports)
    (reports / "nowhere.txt").symlink_to(reports / "gone.txt")
    loaded = run([reports], tmp_path / "w")
    assert reasons(loaded) == dict.fromkeys(("out.txt", "folder", "loop", "nowhere.txt"), "link")
    assert loaded.counts()["loaded"] == 12


def test_odd_names_are_taken_and_every_file_has_an_outcome(reports: Path, tmp_path: Path) -> None:
    path = some(reports)
    names = ["a'b; drop table x.txt", "\u202etxt.txt", "新建 文本(1).TXT", os.fsdecode(b"\xff\xfe.txt")]
    for number, name in enumerate(names):
        (reports / name).write_bytes(path.read_bytes() + b"\n" * number)
    loaded = run([reports], tmp_path / "w")
    assert len(loaded.outcomes) == sum(1 for one in reports.rglob("*") if one.is_file())
    assert loaded.counts()["rejected"] == 0


def test_two_files_offered_twice_count_once(reports: Path, tmp_path: Path) -> None:
    loaded = run([reports, some(reports), reports], tmp_path / "w")
    assert len(loaded.outcomes) == 24


def test_processes_give_what_this_process_gives(reports: Path, tmp_path: Path) -> None:
    (reports / "empty.txt").touch()
    one, two = (run([reports], tmp_path / name, jobs) for name, jobs in (("one", 1), ("two", 2)))
    assert one.counts() == two.counts()
    assert one.build and two.build and store.content_hash(one.build) == store.content_hash(two.build)


def test_a_process_that_dies_costs_no_file(reports: Path) -> None:
    tasks = [Task(offer) for offer in scan([reports]) if not offer.ignored]
    deaths = iter([True, False])

    @contextmanager
    def opened() -> Iterator[Executor]:
        with local(2).open() as pool:
            if next(deaths):
                pool.submit(os._exit, 1)
            yield pool

    chunks = list(read_all(tasks, Place(opened, 2)))
    assert sorted(source.path for chunk in chunks for source in chunk.sources) == [task.offer.path for task in tasks]
    assert all(source.outcome == "read" for chunk in chunks for source in chunk.sources)


def test_portions_hold_so_many_files_or_bytes_and_every_worker_has_some() -> None:
    small = [Task(Offer(str(n), str(n), 1)) for n in range(CHUNK_FILES * 8 + 1)]
    assert [len(portion) for portion in portions(small, 2)] == [CHUNK_FILES] * 8 + [1]
    assert [len(portion) for portion in portions(small[:17], 2)] == [2] * 8 + [1]
    assert [len(portion) for portion in portions(small[:3], 2)] == [1] * 3
    large = [Task(Offer(str(n), str(n), 5 * 2**20)) for n in range(12)]
    assert [len(portion) for portion in portions(large, 1)] == [2] * 6


def test_every_reason_of_the_readers_has_its_words() -> None:
    raised = set()
    for path in (PROJECT / "etl").rglob("*.py"):
        raised |= set(re.findall(r"""Rejected\(["']([a-z_]+)["']""", path.read_text(encoding="utf-8")))
    assert raised <= set(words().reasons)


def _age(folder: Path) -> None:
    with store.connect(store.current_file(folder), read_only=False) as connection:
        connection.execute("update base.build set structure = 'older'")


def test_a_warehouse_of_another_version_is_built_anew_from_its_files(reports: Path, tmp_path: Path) -> None:
    first = run([reports], tmp_path / "w")
    assert first.build is not None
    wanted = store.content_hash(first.build)
    _age(tmp_path / "w")
    loaded = run([some(reports)], tmp_path / "w")
    assert loaded.counts() == {"loaded": 12} and loaded.build is not None
    assert store.content_hash(loaded.build) == wanted


def test_a_warehouse_of_another_version_whose_files_are_gone_is_left_alone(reports: Path, tmp_path: Path) -> None:
    run([reports], tmp_path / "w")
    _age(tmp_path / "w")
    before = store.current_file(tmp_path / "w")
    gone = some(reports)
    gone.unlink()
    with pytest.raises(OtherStructureError, match=gone.name):
        run([reports], tmp_path / "w")
    assert store.current_file(tmp_path / "w") == before and len(ask(tmp_path / "w", "from reports")) == 12


def test_a_full_disk_leaves_the_old_data_and_no_scraps(reports: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    first = run([some(reports)], tmp_path / "w")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, before[1]))
    try:
        with pytest.raises(NotWrittenError):
            run([reports], tmp_path / "w")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    assert store.current_file(tmp_path / "w") == first.build and not list((tmp_path / "w").glob("*.part*"))
    assert run([reports], tmp_path / "w").counts()["loaded"] == 11


def test_an_archive_is_loaded_file_by_file(reports: Path, tmp_path: Path) -> None:
    folder = tmp_path / "packed"
    folder.mkdir()
    first, second = sorted(path for path in reports.rglob("*.txt"))[:2]
    with zipfile.ZipFile(folder / "年报.zip", "w") as packed:
        packed.writestr("甲/一.txt", first.read_bytes())
        packed.writestr("二.txt", second.read_bytes())
        packed.writestr("README.md", "none")
        packed.writestr("空.txt", "")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 no archive")
    loaded = run([folder], tmp_path / "w")
    outcomes = {one.shown.removeprefix(f"{folder}/"): (one.outcome, one.reason) for one in loaded.outcomes}
    assert outcomes == {
        "broken.zip": ("rejected", "damaged_zip"),
        "年报.zip/README.md": ("ignored", None),
        "年报.zip/二.txt": ("loaded", None),
        "年报.zip/甲/一.txt": ("loaded", None),
        "年报.zip/空.txt": ("rejected", "empty"),
    }
    assert run([folder], tmp_path / "w").build is None
