"""The bench measures what it says: each part runs on little, and its table holds every row."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from bench import loads, queries, rivals, stages, text_stage
from bench.table import Row, markdown, p50_p95
from etl.pipeline import read_report
from etl.warehouse.store import read_current


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, _ = queries.filled(tmp_path_factory.mktemp("bench"), 160)
    return folder


def test_percentiles_are_those_of_the_durations() -> None:
    assert p50_p95([n / 1000 for n in range(101)]) == "50 / 95 ms"
    assert p50_p95([0.2]) == "200 / 200 ms"


def test_the_table_keeps_parts_together_and_rows_in_order() -> None:
    text = markdown([Row("A", "one", "1 s"), Row("A", "two", "2 s", "so"), Row("B", "three", "3 s")], "T")
    assert text.index("## A") < text.index("| one | 1 s |  |") < text.index("| two | 2 s | so |") < text.index("## B")


def test_a_load_is_measured_in_a_process_of_its_own_and_repeated(tmp_path: Path) -> None:
    files = loads.sample(tmp_path / "files", 8, "txt")
    first = loads.one_load(files, tmp_path / "w", 1)
    assert first.reports == 8 and first.cpu > 0 and first.memory > 50
    assert "reports/s" in first.speed()


def test_shares_of_time_add_up_to_a_whole() -> None:
    rows = [row for row in stages.shares(8) if row.what == "txt"]
    shares = [int(word) for word in rows[0].measured.split() if word.isdigit()]
    assert 97 <= sum(shares) <= 103 and shares[0] > 50


def test_the_text_stage_is_a_part_of_reading_and_its_steps_add_up() -> None:
    rows = list(text_stage.shares(8))
    assert {"made-up with 361 problems, jieba", "shipped reports, jieba"} <= {row.what for row in rows}
    for row in rows:
        share, text, whole = (float(number) for number in re.findall(r"[\d.]+", row.measured))
        steps = [float(number) for number in re.findall(r"[a-z] ([\d.]+)", row.remark)]
        assert 0 < text < whole and share == pytest.approx(100 * text / whole, abs=1)
        assert sum(steps) == pytest.approx(text, abs=0.05)


def test_no_problem_of_a_made_up_report_is_measured_twice(tmp_path: Path) -> None:
    files = [(path, path.read_bytes()) for path in sorted(loads.sample(tmp_path, 40, "txt").rglob("*.txt"))]
    said = [
        problem for path, data in text_stage.reworded(files) for problem in read_report(path, data).statements.problems
    ]
    before = [problem for path, data in files for problem in read_report(path, data).statements.problems]
    assert len(set(before)) < 0.5 * len(before)
    assert len(set(said)) > 0.9 * len(said)


def test_every_page_is_asked_cold_and_warm(filled: Path) -> None:
    cold, warm, scripts = queries._measure(filled, "overview")
    assert len(cold) > 3 and len(warm) > len(cold) and len(scripts) > 3
    assert all(seconds > 0 for seconds in (*cold, *warm))


def test_the_size_without_texts_is_less_than_the_file(filled: Path) -> None:
    [row] = queries.sizes(filled)
    whole, without = (float(word) for word in row.measured.replace(",", "").split() if word.isdigit())
    assert 0 < without <= whole


def test_rivals_hold_the_same_rows_and_give_the_same_totals(filled: Path, tmp_path: Path) -> None:
    with read_current(filled) as connection:
        path = rivals._sqlite(connection, tmp_path / "facts.sqlite")
        asked = rivals.questions(*rivals._known_columns(connection))
        frame = connection.execute("select * from facts").df()
        with sqlite3.connect(path) as lite:
            for question in asked[:3]:
                ours = sorted(connection.execute(question.sql).fetchall(), key=str)
                theirs = sorted(lite.execute(question.sql).fetchall(), key=str)
                assert ours and ours == theirs
                assert len(question.frame(frame)) == len(ours)
