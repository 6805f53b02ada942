"""Cleaners: they mend what made the file unreadable and leave alone what an author wrote."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.text import compatible, drop_invisible, fold, repair, replace_radicals, to_simplified


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("⼀、本年新收", "一、本年新收"),
        ("⾏政许可", "行政许可"),
        ("⺠政局", "民政局"),
        ("⼾籍", "户籍"),
        ("⻔户⻅⻝⻓", "门户见食长"),
        ("規範性文件報告機關", "规范性文件报告机关"),
        ("政\u200b府\ufeff", "政府"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("共\u00a03\u00a0件", "共 3 件"),
        ("\uf9dd益", "利益"),
        ("\u2f00\uf91d", "一欄"),
        ("规(guī)章", "规章"),
        ("甲\u2028乙", "甲\n乙"),
        ("<!--[if !supportLists]-->一、<!--[endif]-->", "一、"),
    ],
)
def test_repair(broken: str, mended: str) -> None:
    assert repair(broken) == mended


def test_a_simplified_text_with_a_traditional_name_is_left_alone() -> None:
    text = "关于机关与单位的报告，见《後漢書》。"
    assert to_simplified(text) == text


def test_a_text_of_both_scripts_alike_is_left_alone() -> None:
    assert to_simplified("開开") == "開开"


@given(st.text())
def test_repair_is_idempotent(text: str) -> None:
    assert repair(repair(text)) == repair(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_ideographs_are_no_radicals(text: str) -> None:
    assert replace_radicals(text) == text


@given(st.text())
def test_drop_invisible_keeps_line_ends_and_tabs(text: str) -> None:
    kept = drop_invisible(text)
    assert kept.count("\n") == text.count("\n")
    assert kept.count("\t") == text.count("\t")


@given(st.text())
def test_fold_has_no_blanks(text: str) -> None:
    assert not any(char.isspace() for char in fold(text))


@given(st.text(alphabet=st.one_of(st.characters(), st.characters(min_codepoint=0xFF00, max_codepoint=0xFFEF))))
def test_compatible_is_nfkc(text: str) -> None:
    assert compatible(text) == unicodedata.normalize("NFKC", text)


def test_fold_makes_half_width() -> None:
    assert fold("（１２） ３，４") == "(12)3,4"
    assert fold(" a b\tc\n") == "abc"
