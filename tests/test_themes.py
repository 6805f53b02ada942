"""Themes: the dictionary is whole, the pattern language does what its head says, the labels are right often enough."""

from __future__ import annotations

import re
import time
import zlib

import pytest

from etl.words.theme_patterns import parse_pattern
from etl.words.theme_report import PAGE, fresh, labelled, scores, with_measured
from etl.words.themes import dictionary, evidence, label, promised, themes

ALL = labelled("train") + labelled("held")


def test_dictionary_is_whole() -> None:
    keys = [theme.key for theme in themes()]
    assert 12 <= len(keys) <= 20
    assert len(set(keys)) == len(keys)
    for theme in themes():
        assert theme.label_zh and theme.label_en and theme.definition_zh and theme.definition_en
        assert theme.patterns and theme.promises


def test_labelled_set_uses_known_themes_and_a_fixed_split() -> None:
    keys = {theme.key for theme in themes()}
    assert len(ALL) >= 240
    assert len({row.statement for row in ALL}) == len(ALL)
    for row in ALL:
        assert row.themes <= keys, row
        assert row.split == ("held" if zlib.crc32(row.statement.encode()) % 3 == 0 else "train"), row


def test_every_theme_is_tried_in_both_splits() -> None:
    for split in ("train", "held"):
        tried = frozenset().union(*(row.themes for row in labelled(split)))
        assert tried == {theme.key for theme in themes()}


def test_held_statements_are_labelled_right_nine_times_in_ten() -> None:
    score = scores(labelled("held"))["all"]
    assert score.precision is not None and score.precision >= 0.9
    assert score.recall is not None and score.recall >= 0.9


def test_statements_in_other_words_are_labelled_right_too() -> None:
    keys = {theme.key for theme in themes()}
    assert len(fresh()) >= 60
    assert all(row.themes <= keys for row in fresh())
    assert not {row.statement for row in fresh()} & {row.statement for row in ALL}
    score = scores(fresh())["all"]
    assert score.precision is not None and score.precision >= 0.9
    assert score.recall is not None and score.recall >= 0.9


def test_page_shows_the_measured_figures() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_measured(page), "run python -m etl.words.theme_report"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("栏目更新太慢", ("timeliness",)),
        ("对群众留言回复太慢", ("interaction",)),
        ("虽然网站更新不及时的情况少了，但公开渠道仍然单一", ("narrow_channels",)),
        ("公开渠道单一：虽建了网站，但内容更新不及时", ("timeliness", "narrow_channels")),
        ("培训取得了一定成绩，但是业务能力不足", ("staff_skills",)),
        ("解读材料都是文字，形式单一", ("interpretation",)),
        ("少数单位思想上不重视", ("attitude",)),
        ("公开渠道单一；工作人员身兼数职", ("narrow_channels", "staffing")),
        ("公开 渠道\n单一", ("narrow_channels",)),
        ("信息发布未经审批", ("review",)),
        ("对群众关切不回应", ("interaction",)),
        ("服务意识不够", ("attitude",)),
        ("有的链接打开是错误页", ("platform",)),
        ("政策解读的制度体系不完善", ("interpretation",)),
        ("全年各项任务都已完成", ()),
        ("", ()),
    ],
)
def test_label(statement: str, expected: tuple[str, ...]) -> None:
    assert label(statement) == expected


def test_evidence_stands_in_the_statement() -> None:
    for row in ALL:
        text = re.sub(r"\s", "", row.statement)
        assert all(words and all(word in text for word in words) for _, words in evidence(row.statement)), row


def test_order_of_labels_is_the_order_of_the_file() -> None:
    order = [theme.key for theme in themes()]
    for row in ALL:
        found = label(row.statement)
        assert list(found) == sorted(found, key=order.index)


def test_promised_reads_what_will_be_done() -> None:
    assert promised("拓宽公开渠道，配齐专职人员") == ("narrow_channels", "staffing")
    assert promised("拓宽政民互动渠道；进一步规范信息公开行为") == ("interaction", "standards")
    assert promised("感谢社会各界支持") == ()


@pytest.mark.parametrize(
    ("pattern", "clause", "statement", "found"),
    [
        ("甲|乙", "有乙", "有乙", ("乙",)),
        ("甲 & 丙", "丙在甲前", "丙在甲前", ("甲", "丙")),
        ("甲 > 丙", "丙在甲前", "丙在甲前", ()),
        ("甲 > 丙", "甲在丙前", "甲在丙前", ("甲", "丙")),
        ("甲 > 甲", "只有一个甲", "只有一个甲", ()),
        ("甲 & !丁", "甲和丁", "甲和丁", ()),
        ("甲 & !丁", "甲", "甲，丁", ("甲",)),
        ("甲 & !!丁", "甲", "甲，丁", ()),
        ("$some & 丙", "乙丙", "乙丙", ("乙", "丙")),
    ],
)
def test_pattern_language(pattern: str, clause: str, statement: str, found: tuple[str, ...]) -> None:
    assert parse_pattern(pattern, {"some": "甲|乙"}).match(clause, statement) == found


def test_unknown_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        parse_pattern("$missing", {})


def test_a_statement_takes_well_under_a_fifth_of_a_millisecond() -> None:
    dictionary()
    best = min(_seconds_for_all() for _ in range(5))
    assert best / len(ALL) < 0.0002


def _seconds_for_all() -> float:
    start = time.process_time()
    for row in ALL:
        label(row.statement)
    return time.process_time() - start
