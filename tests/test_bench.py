"""The bench measures what it says: each part runs on little, and its table holds every row."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from bench import loads, publish, queries, rivals, sizes, stages, text_stage
from bench.__main__ import measured
from bench.rival_questions import MAIN
from bench.table import Row, markdown, merged, p50_p95, parsed
from etl.paths import PROJECT
from etl.pipeline import read_report
from etl.readers import html
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


def test_a_library_that_the_profiler_does_not_see_is_not_our_parsing() -> None:
    door, ours = (html.__file__, 1, "parse"), (html.__file__, 2, "read")
    spent = stages._by_owner({door: (1, 1, 2.0, 2.0, {}), ours: (1, 1, 3.0, 5.0, {})})
    assert spent == {stages.LIBRARY: 2.0, stages.OURS: 3.0}


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
    asked = queries.measure(filled, "overview")
    assert len(asked.cold) > 3 and len(asked.warm) > len(asked.cold) and len(asked.scripts) > 3
    assert all(seconds > 0 and cpu >= 0 for seconds, _, cpu in (*asked.cold, *asked.warm))
    assert "cohort_coverage" in {name for _, name, _ in asked.cold}
    assert "wide_terms" in {name for _, name, _ in queries.measure(filled, "problems/words").cold}
    pages = {path.stem for path in (PROJECT / "dashboard" / "app_pages").glob("[a-z]*.py")}
    assert {name.split("/")[0] for name in queries.PARTS} <= pages == set(queries.PAGES)


def test_the_size_without_texts_is_less_than_the_file(filled: Path) -> None:
    [row] = sizes.sizes(filled, 48)
    whole, without = (float(word) for word in row.measured.replace(",", "").split() if word.isdigit())
    assert 0 < without <= whole and row.what == "48 reports"
    assert not list(filled.glob("**/bare.duckdb*"))


def test_rivals_hold_the_same_rows_and_give_the_same_answers(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(filled))
    with read_current(filled) as connection:
        path = rivals._sqlite(connection, tmp_path / "facts.sqlite")
        frame = connection.execute("select * from facts").df()
        with closing(sqlite3.connect(path)) as lite:
            for question in (one for some in rivals.questions(connection).values() for one in some):
                ours = sorted(connection.execute(question.sql).fetchall(), key=str)
                theirs = sorted(lite.execute(question.sql).fetchall(), key=str)
                assert ours and _plain(ours) == _plain(theirs), question.name
                assert len(question.frame(frame)), question.name
                assert question.page is None or len(questions_of(question.page())), question.name


def _plain(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [
        tuple(value if isinstance(value, str) or value is None else float(str(value)) for value in row) for row in rows
    ]


def questions_of(answer: object) -> list[object]:
    """The rows of a frame, the counts of a summary."""
    return list(answer.to_dict("records")) if isinstance(answer, pd.DataFrame) else [answer]


def test_the_page_and_the_rivals_say_the_same_of_the_country(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(filled))
    with read_current(filled) as connection:
        asked = {one.name: one for one in rivals.questions(connection)["the country"]}
        one = asked["totals by year of four metrics"]
        rows = {row[0]: row[1:] for row in connection.execute(one.sql).fetchall()}
    assert one.page is not None
    since_2019 = [row for row in one.page().to_dict("records") if row["year"] >= 2019]
    assert len(since_2019) > 10
    for row in since_2019:
        at = 2 * MAIN.index(row["metric"])
        assert (rows[row["year"]][at] or 0, rows[row["year"]][at + 1]) == (row["value"] if row["n"] else 0, row["n"])


def test_parts_measured_anew_replace_what_was_there() -> None:
    before = [Row("A", "one", "1 s", "", "at ten"), Row("B", "two", "2 s", "so", "at ten")]
    again = parsed(markdown(before, "T"))
    assert again == before
    both = merged(again, [Row("B", "three", "3 s"), Row("C", "four", "4 s")])
    assert [(row.part, row.what) for row in both] == [("A", "one"), ("B", "three"), ("C", "four")]


def test_a_part_that_fails_is_a_row_that_says_so() -> None:
    [row] = measured("no-such-part", [])
    assert row.part == "Not measured" and row.what == "no-such-part"


def test_the_document_takes_over_what_it_names() -> None:
    rows = [
        Row("Growth", "1000 text reports", "400 reports/s"),
        Row("Sessions at 1,200,000 reports", "30 sessions", "2 s"),
        Row("Sessions at 15,000 reports", "30 sessions", "1 s"),
    ]
    lines = publish.table(rows).splitlines()
    assert lines[2:] == [
        "| Growth: 1000 text reports | 400 reports/s |  |",
        "| Sessions at 1,200,000 reports: 30 sessions | 2 s |  |",
    ]
    assert f"<!-- {publish.MARK}: end -->" in publish.DOCUMENT.read_text(encoding="utf-8")
