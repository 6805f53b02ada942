"""Phrases of problem statements and what is special of a group."""

from __future__ import annotations

import textwrap

import duckdb
import pytest

from etl.words import logodds
from etl.words.logodds import WEIGHT, log_odds
from etl.words.phrases import cohesion, lexicon, phrases, phrases_of_report


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ("公开渠道 较为 单一", {"公开渠道单一"}),
        ("公开 的 渠道 单一", {"渠道单一", "公开渠道单一", "公开渠道"}),
        ("信息 不够 准确", {"信息不准确"}),
        ("信息 不 准确", {"信息不准确"}),
        ("回应 不够", {"回应不足"}),
        ("解读形式 缺乏 创新", {"缺乏创新", "解读形式缺乏创新"}),
        ("业务 水平 有待 提高", {"水平有待提高", "业务水平有待提高", "业务水平"}),
        ("一人 多岗 ， 精力 不足", {"一人多岗", "精力不足"}),
        ("渠道 ， 单一", set()),
        ("渠道 与 形式 单一", {"形式单一"}),
        ("人 少", set()),
        ("", set()),
    ],
)
def test_phrases(tokens: str, expected: set[str]) -> None:
    assert set(phrases(tokens.split())) == expected


def test_a_phrase_has_two_to_four_words() -> None:
    found = phrases(["甲甲", "乙乙", "丙丙", "丁丁", "单一"])
    assert {phrase for phrase in found if phrase.endswith("单一")} == {
        "丁丁单一",
        "丙丙丁丁单一",
        "乙乙丙丙丁丁单一",
    }


def test_no_pair_is_made_with_a_stop_word() -> None:
    assert phrases(["工作", "制度"], {"工作"}) == ()
    assert phrases(["工作", "制度"]) == ("工作制度",)


def test_a_phrase_counts_once_a_statement() -> None:
    statements = [["渠道", "单一", "，", "渠道", "单一"], ["渠道", "单一"], ["形式", "单一"]]
    assert phrases_of_report(statements) == (("渠道单一", 2), ("形式单一", 1))


def test_lexicon_lists_do_not_contradict_each_other() -> None:
    book = lexicon()
    assert not book.skip & (book.lacks | book.joins | book.breaks)
    assert not book.breaks & (book.lacks | book.joins)
    assert len(set(book.fixed)) == len(book.fixed)


def test_cohesion() -> None:
    assert cohesion(10, 10, 10, 100) == pytest.approx(1.0)
    assert cohesion(25, 50, 50, 100) == pytest.approx(0.0)
    assert cohesion(1, 50, 50, 100) < 0
    assert cohesion(5, 5, 5, 5) == 1.0
    with pytest.raises(ValueError, match="impossible"):
        cohesion(6, 5, 9, 10)


def test_log_odds_finds_what_is_special() -> None:
    found = log_odds({"渠道": 30, "人员": 10, "网站": 10}, {"渠道": 10, "人员": 100, "网站": 110})
    assert next(iter(found)) == "渠道"
    assert found["渠道"] > 1.96
    assert found["人员"] < 0


def test_log_odds_shrinks_rare_words() -> None:
    found = log_odds({"常见": 40, "其他": 60, "罕见": 1}, {"常见": 10, "其他": 90, "罕见": 0})
    assert found["常见"] > found["罕见"] > 0


def test_log_odds_of_equal_use_is_nought() -> None:
    assert log_odds({"甲": 5, "乙": 5}, {"甲": 50, "乙": 50}) == pytest.approx({"甲": 0.0, "乙": 0.0})


def test_log_odds_needs_counts() -> None:
    for group, rest in (({}, {}), ({"甲": 1}, {"甲": 2}), ({"甲": -1, "乙": 3}, {})):
        with pytest.raises(ValueError, match="log-odds"):
            log_odds(group, rest)


def test_the_described_sql_gives_the_same() -> None:
    group, rest = {"渠道": 30, "人员": 10, "网站": 10}, {"渠道": 10, "人员": 100, "网站": 110}
    with duckdb.connect() as connection:
        connection.execute("create table counts (word varchar, y double, r double)")
        connection.executemany("insert into counts values (?, ?, ?)", [(w, group[w], rest[w]) for w in group])
        described = textwrap.dedent("with t as" + str(logodds.__doc__).split("with t as")[1])
        rows = connection.execute(described, {"weight": WEIGHT}).fetchall()
    assert dict(rows) == pytest.approx(log_odds(group, rest))
