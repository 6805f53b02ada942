"""Files that take turns at being read: what they do to each other, which is nothing."""

from __future__ import annotations

import gc
import signal
import subprocess
import sys
import time
import weakref
from pathlib import Path

import pytest

from etl.document import Rejected
from etl.load.limits import Watch
from etl.load.scan import Offer, scan
from etl.load.worker import Reading, Task, read_files, read_in_turns
from etl.paths import SAMPLE_REPORTS
from etl.sample.write import SampleOptions, write_sample
from etl.warehouse.rows import together

PAGE = "<title>示例市示例局2022年政府信息公开工作年度报告</title><p>一、总体情况</p>"
BAD = {
    "empty.txt": b"",
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "no-report.txt": "示例镇今日天气晴。\n".encode() * 20,
    "no-agency.txt": "2022年政府信息公开工作年度报告\n一、总体情况\n无。\n五、存在的主要问题\n无。\n".encode(),
    "broken.docx": b"PK\x03\x04" + bytes(200),
}

NEEDS_TIMERS = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="time is watched by interval timers")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Made-up reports of several formats and layouts among files that are none."""
    for kind in ("txt", "html", "docx"):
        write_sample(tmp_path / kind, SampleOptions(1, (2019, 2022), (kind,)))
    for number, (name, data) in enumerate(BAD.items()):
        (tmp_path / ("txt", "html", "docx", "zip")[number % 4]).mkdir(exist_ok=True)
        (tmp_path / ("txt", "html", "docx", "zip")[number % 4] / name).write_bytes(data)
    return tmp_path


def test_files_are_read_together_as_each_alone(folder: Path) -> None:
    gone = Offer(str(folder / "gone.txt"), "gone.txt", 1)
    tasks = [Task(offer) for offer in (*scan([folder, SAMPLE_REPORTS]), gone) if not offer.ignored]
    assert len(tasks) > 20
    at_once, alone = read_files(tasks), [read_files([task]) for task in tasks]
    assert at_once.sources == tuple(source for chunk in alone for source in chunk.sources)
    assert {source.reason for source in at_once.sources} >= {None, "empty", "not_a_report", "not_found"}
    tables = together([at_once.batch], 0), together([chunk.batch for chunk in alone], 0)
    for name, table in tables[0].items():
        assert table.num_rows
        assert table.equals(tables[1][name]), name


def test_a_file_that_is_known_is_left_out_among_the_others(folder: Path) -> None:
    tasks = [Task(offer) for offer in scan([folder]) if offer.shown.endswith(".html")]
    sources = [source for source in read_files(tasks).sources if source.outcome == "read"]
    known = {source.path: source for source in sources[::2]}
    again = read_files(
        [Task(one.offer, known[one.offer.key].sha256) if one.offer.key in known else one for one in tasks]
    )
    read = [source.path for source in again.sources if source.outcome == "read"]
    assert read == [one.path for one in sources[1::2]]
    assert len(read) == len(known) == 2


@NEEDS_TIMERS
def test_the_file_that_is_slow_is_refused_alone(folder: Path) -> None:
    (folder / "html" / "slow.html").write_text(PAGE + "<p>示例正文，说的是公开工作。</p>" * 400_000, encoding="utf-8")
    tasks = [Task(offer) for offer in scan([folder]) if not offer.ignored]
    chunk = read_files(tasks, seconds=1.5)
    slow = [source.shown_path.endswith("slow.html") for source in chunk.sources if source.reason == "too_slow"]
    assert slow == [True]
    assert sum(source.outcome == "read" for source in chunk.sources) == len(tasks) - len(BAD) - 1


@NEEDS_TIMERS
def test_a_turn_ends_when_the_time_that_is_left_is_over() -> None:
    with Watch(60) as watch:
        watch.begin(0.1)
        with pytest.raises(Rejected, match="too_slow"):
            while True:
                pass
        assert watch.end() >= 0.1


@NEEDS_TIMERS
def test_between_turns_no_time_is_over() -> None:
    with Watch(60) as watch:
        watch.begin(0.05)
        watch.end()
        time.sleep(0.2)
        with pytest.raises(Rejected, match="too_slow"):
            watch.begin(-1)
            time.sleep(5)
        watch.end()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@NEEDS_TIMERS
def test_the_time_of_one_file_is_not_over_in_the_turn_of_the_next() -> None:
    with Watch(60) as watch:
        watch.begin(0.05)
        watch.end()
        watch.begin(30)
        time.sleep(0.2)
        assert watch.end() >= 0.2
        watch.begin(0.05)
        with pytest.raises(Rejected, match="too_slow"):
            time.sleep(5)
        watch.end()


def test_a_file_lets_go_of_what_it_read_without_the_collector(folder: Path) -> None:
    """Where memory is short, that of the files under way must be free at once."""
    tasks = [Task(offer) for offer in scan([folder]) if offer.shown.endswith("2021.html")]
    gc.disable()
    try:
        with Watch() as watch:
            reading = Reading(tasks[0], watch.seconds)
            assert reading.goes_on(watch, alone=False)
            assert reading.goes_on(watch, alone=False)
        held = weakref.ref(reading._steps)
        del reading
        assert held() is None
    finally:
        gc.enable()


def test_a_refusal_holds_on_to_nothing(folder: Path) -> None:
    with Watch() as watch:
        read = read_in_turns([Task(offer) for offer in scan([folder]) if offer.shown.endswith("broken.docx")], watch)
    rejected = read[0].rejected
    assert rejected is not None
    assert rejected.reason == "damaged_zip"
    assert (rejected.__traceback__, rejected.__cause__, rejected.__context__) == (None, None, None)


IN_LITTLE_MEMORY = """
import sys
from pathlib import Path
import etl.readers.html
from etl.load.limits import Watch, limited_memory
from etl.load.scan import scan
from etl.load.worker import Task, read_in_turns

tasks = [Task(offer) for offer in scan([Path(sys.argv[1])])]
with limited_memory(256 * 2**20), Watch() as watch:
    read = read_in_turns(tasks, watch)
print(*[one.rejected.reason if one.rejected else "read" for one in read])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is watched on Linux")
def test_where_memory_is_short_each_file_is_read_alone(tmp_path: Path) -> None:
    for name, paragraphs in (("a", 20_000), ("b", 300_000), ("c", 20_000)):
        lines = (f"<p>示例正文第{number}段，说的是公开工作做得怎样。</p>" for number in range(paragraphs))
        (tmp_path / f"{name}.html").write_text(PAGE + "".join(lines), encoding="utf-8")
    command = [sys.executable, "-c", IN_LITTLE_MEMORY, str(tmp_path)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() == [
        "read",
        "too_much_memory",
        "read",
    ]
