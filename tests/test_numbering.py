"""Numbers of Word's lists in every format that it prints."""

from __future__ import annotations

import pytest
from lxml import etree

from etl.readers.numbering import Numbering

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(depth: int, style: str, text: str, start: str = "1") -> str:
    inside = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inside}</w:lvl>'


def numbering(*levels: str) -> Numbering:
    inside = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    inside += '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    return Numbering(etree.fromstring(f"<w:numbering {WORD}>{inside}</w:numbering>"))


@pytest.mark.parametrize(
    ("style", "start", "printed"),
    [
        ("decimal", 1, ["1", "2"]),
        ("decimalZero", 9, ["09", "10"]),
        ("lowerLetter", 25, ["y", "z", "aa", "bb"]),
        ("upperLetter", 0, ["", "A", "B"]),
        ("lowerRoman", 3, ["iii", "iv", "v"]),
        ("upperRoman", 1989, ["MCMLXXXIX", "MCMXC"]),
        ("decimalEnclosedCircle", 19, ["⑲", "⑳", "21"]),
        ("ideographDigital", 10, ["一〇", "一一"]),
        ("chineseLegalSimplified", 11, ["拾壹", "拾贰"]),
        ("chineseCounting", 9, ["九", "十", "十一"]),
        ("aFormatOfTomorrow", 4, ["4", "5"]),
        ("bullet", 1, ["", ""]),
        ("none", 1, ["", ""]),
    ],
)
def test_formats(style: str, start: int, printed: list[str]) -> None:
    listed = numbering(level(0, style, "%1", str(start)))
    assert [listed.label("7", 0) for _ in printed] == printed


def test_a_level_below_counts_from_its_start_and_anew_under_the_next() -> None:
    listed = numbering(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "3"))
    depths = (0, 1, 1, 0, 1)
    assert [listed.label("7", depth) for depth in depths] == ["一、", "一.3", "一.4", "二、", "二.3"]


def test_a_paragraph_below_a_level_that_was_not_printed_counts_it_once() -> None:
    listed = numbering(level(0, "decimal", "%1", "4"), level(1, "decimal", "%1.%2"))
    assert [listed.label("7", depth) for depth in (1, 0)] == ["4.1", "5"]


@pytest.mark.parametrize(("number", "depth"), [("8", 0), ("7", 1), ("7", -1), ("7", 9)])
def test_what_no_list_knows_has_no_number(number: str, depth: int) -> None:
    assert numbering(level(0, "decimal", "%1")).label(number, depth) == ""
    assert Numbering(None).label(number, depth) == ""
