"""Every finding can be told in Chinese, with its numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.messages import place, told
from etl.load.load import Options, load
from etl.paths import SAMPLE_REPORTS
from etl.sample.plant import PLANTS
from etl.sample.planted import write_planted
from etl.warehouse.store import read_current

NAMES = {"natural_person": "自然人", "total": "总计", "received": "新收"}
REAL = Path(__file__).resolve().parents[2] / "shared" / "reports"
WORDS = re.compile(r"[a-z]{3,}")


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("natural_person: 6 + 6 = 12 ≠ 20, difference -8", "自然人：6 + 6 = 12 ≠ 20，差 -8"),
        ("received: 1 ≠ 2, difference -1; total: ? + 1 ≠ 4, difference 3", "新收：1 ≠ 2，差 -1；总计：? + 1 ≠ 4，差 3"),
        ("9 ≠ 5 carried out of 2022, difference 4", "上年结转 9 ≠ 2022 年结转下年 5，差 4"),
        ("total: 1 ≠ 2 carried out of 2022, difference -1", "总计：上年结转 1 ≠ 2022 年结转下年 2，差 -1"),
        ("12.5 in 2022, now 131000: 10480 times", "2022 年为 12.5，本年为 131000，是上年的 10480 倍，疑为元与万元之误"),
        ("6 in 2022, now 31", "2022 年为 6，本年为 31"),
        ("text 5 ≠ table 7, difference -2: 收到5件", "正文 5 ≠ 表中 7，差 -2：“收到5件”"),
        ("table 3: 161 cells not found", "表3有 161 格没有找到"),
        ("reports/示例.txt", "reports/示例.txt"),
    ],
)
def test_a_message_in_chinese(message: str, chinese: str) -> None:
    assert told(message, "zh", NAMES) == chinese
    assert told(message, "en", {}) == message


def test_an_english_message_names_its_lines_as_the_page_does() -> None:
    names = {"natural_person": "Natural persons", "total": "Total"}
    told_ = told("natural_person: 6 + 6 = 12 ≠ 20, difference -8; total: ? + 1 ≠ 4, difference 3", "en", names)
    assert told_ == "Natural persons: 6 + 6 = 12 ≠ 20, difference -8; Total: ? + 1 ≠ 4, difference 3"
    assert told("table 3: 2 cells blank", "en", names | {"table": "x"}) == "table 3: 2 cells blank"


def test_places() -> None:
    assert place("page 2 row 5 column 4", "zh") == "第2页第5行第4列"
    assert place("line 63", "zh") == "第63行"
    assert place("line 63", "en") == "line 63"
    assert place("", "zh") == ""


@pytest.mark.parametrize("source", ["planted", "shipped", "real"])
def test_every_message_that_a_load_gives_is_told(source: str, tmp_path: Path) -> None:
    if source == "planted":
        write_planted(tmp_path / "reports", len(PLANTS), 5)
    folder = {"planted": tmp_path / "reports", "shipped": SAMPLE_REPORTS, "real": REAL}[source]
    if not folder.is_dir():
        pytest.skip("the real reports are not beside the project")
    load([folder], Options(tmp_path / "warehouse"))
    with read_current(tmp_path / "warehouse") as connection:
        query = "select distinct rule, message, place from findings where rule not in ('D1', 'D2')"
        rows = connection.execute(query).fetchall()
        names = dict(
            connection.execute(
                "select row_key, row_label_zh from form_cell union select column_key, column_label_zh from form_cell"
            ).fetchall()
        )
    assert rows
    untold = [(rule, message) for rule, message, _ in rows if told(message, "zh", names) == message]
    assert untold == []
    assert [where for _, _, where in rows if WORDS.search(place(where, "zh"))] == []
