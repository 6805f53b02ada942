"""Where a section ends, which lines it keeps, and what is said with which place about doubtful titles."""

from __future__ import annotations

import pytest

from etl.document import Paragraph
from etl.prose.sections import find_sections
from etl.report import Finding, Severity
from tests.test_sections import BODIES, STATUTORY, document, table, texts

FIVE = "五、存在的主要问题及改进情况"
OTHER = "六、重点领域信息公开情况"


def until_five(*lines: str) -> list[str]:
    """The first four sections and the title of the fifth, then the lines."""
    return [line for pair in zip(STATUTORY[:4], BODIES[:4], strict=True) for line in pair] + [FIVE, *lines]


def five(*lines: str) -> str:
    return texts(find_sections(document(*until_five(*lines)))[0])[5]


@pytest.mark.parametrize(
    "heading", [OTHER, f"## {OTHER}", f"　{OTHER}", f"六、{'示例' * 15}", "六、附表", "一、附件"]
)  # fmt: skip
def test_a_heading_of_another_matter_ends_section_five(heading: str) -> None:
    after = ["公开三条", "示例村", "已上墙并按月更新", "全年无变化"] * 5
    assert five("栏目空白", "补齐栏目", heading, *after) == "栏目空白\n补齐栏目"


@pytest.mark.parametrize(
    "line",
    [
        "（二）重点领域信息公开情况",
        "八、重点领域信息公开情况",
        "六、重点领域信息公开情况已上墙。",
        f"六、{'示例' * 15}例",
        f"栏目空白，详见{OTHER}",
        f"甲{OTHER}",
        f"{'示例' * 14}统计表",
    ],
)
def test_other_lines_stay_in_section_five(line: str) -> None:
    assert five("栏目空白", line, "补齐栏目") == f"栏目空白\n{line}\n补齐栏目"
    assert five("栏目空白", line) == f"栏目空白\n{line}"


def test_an_annex_within_a_line_ends_its_section_and_no_other() -> None:
    lines = until_five("栏目空白，将补齐栏目。 附表1：示例", STATUTORY[5], "未收取费用。 附件:示例")
    assert texts(find_sections(document(*lines))[0]) == dict(
        enumerate([*BODIES[:4], "栏目空白，将补齐栏目。", BODIES[5]], 1)
    )
    lines = until_five("栏目空白，将补齐栏目。", STATUTORY[5], "未收取费用。 附件:示例")
    assert texts(find_sections(document(*lines))[0])[5] == "栏目空白，将补齐栏目。"


def test_annexes_named_before_section_five_do_not_end_it() -> None:
    lines = ["附件", "示例镇年报", *until_five("一、存在的问题", "栏目空白", STATUTORY[5], BODIES[5])]
    at = lines.index(STATUTORY[3])
    sections, _ = find_sections(document(*lines[:at], "附表一", *lines[at:]))
    assert texts(sections)[5] == "一、存在的问题\n栏目空白"
    assert texts(sections)[3] == f"{BODIES[2]}\n附表一"


def test_a_footer_before_the_last_section_ends_nothing() -> None:
    lines = until_five("栏目空白。", "网站地图", "将补齐栏目。", STATUTORY[5], BODIES[5])
    at = lines.index(STATUTORY[2])
    sections, _ = find_sections(document(*lines[:at], "技术支持", *lines[at:]))
    assert texts(sections)[6] == BODIES[5]
    assert texts(sections)[5] == "栏目空白。\n网站地图\n将补齐栏目。"


def test_a_footer_below_an_annex_brings_nothing_back() -> None:
    lines = until_five(BODIES[4], STATUTORY[5], BODIES[5], "附表1", "指标 数量", "版权所有：示例市")
    assert texts(find_sections(document(*lines))[0])[6] == BODIES[5]


def test_the_last_section_of_figures_keeps_none_of_them() -> None:
    lines = [line for pair in zip(STATUTORY[:4], BODIES[:4], strict=True) for line in pair]
    for rows in ([["0", "1"], ["合计", ""], ["说明。", "5"]], [["0", "1"]]):
        sections, _ = find_sections(document(*lines, table(*rows)))
        assert texts(sections)[4] == BODIES[3]


def test_marks_of_a_list_below_a_title_are_kept() -> None:
    assert five("* 栏目空白", "* 补齐栏目") == "* 栏目空白\n* 补齐栏目"
    assert five("：栏目空白") == "：栏目空白"


def test_marks_around_a_title_are_no_part_of_its_heading() -> None:
    titles = [f"**{title}：**" for title in STATUTORY]
    sections, _ = find_sections(document(*(line for pair in zip(titles, BODIES, strict=True) for line in pair)))
    assert [section.heading for section in sections] == STATUTORY
    assert texts(sections) == dict(enumerate(BODIES, 1))


def test_places_are_lines_where_lines_are_short() -> None:
    title, body = STATUTORY[0], "公开为常态。" * 40
    assert [one.place for one in find_sections(document("示例镇年报", title, body))[0]] == ["line 2"]
    broken = Paragraph("甲" * 150 + "\n" + title + "\n" + "乙" * 150, "page 1")
    assert [one.place for one in find_sections(document(title, body, "四、复议"))[0]][:1] == ["line 1"]
    assert find_sections(document())[0] == ()
    [section] = find_sections(type(document())("示例.txt", (broken,), "text"))[0]
    assert section.place == "page 1"


@pytest.mark.parametrize(("length", "place"), [(199, "line 2"), (200, "line 2 character 1")])
def test_a_long_line_gives_the_character_too(length: int, place: str) -> None:
    line = f"一、总体情况。{'公' * length}"[:length]
    sections, _ = find_sections(document("示例镇年报", line, "甲"))
    assert [one.place for one in sections] == [place]


def test_what_is_missing_is_named() -> None:
    assert find_sections(document("一份菜谱"))[1][1] == Finding(
        "S1", Severity.ERROR, "section 2 not found: 主动公开政府信息情况"
    )


def test_what_is_headed_otherwise_is_quoted_with_its_place() -> None:
    lines = until_five("栏目空白，将补齐栏目。", "**七、其他需要报告的事项：**", BODIES[5])
    assert find_sections(document(*lines))[1] == (
        Finding("S2", Severity.INFO, "section 6 is headed 七、其他需要报告的事项", "line 11"),
    )


def test_numbering_anew_is_told_where_it_begins() -> None:
    lines = [STATUTORY[0], "示例镇平稳推进。", "一、加强领导", "二、落实责任", *until_five(BODIES[4])[2:]]
    found = [one for one in find_sections(document(*lines, STATUTORY[5], BODIES[5]))[1] if one.rule == "S2"]
    assert found == [Finding("S2", Severity.INFO, "numbering starts anew inside section 1", "line 3")]


def test_numbering_that_goes_on_is_not_told() -> None:
    lines = [STATUTORY[0], "示例镇平稳推进。", "二、落实责任", *until_five(BODIES[4])[2:]]
    assert find_sections(document(*lines, STATUTORY[5], BODIES[5]))[1] == ()


def test_an_empty_section_five_is_told_with_its_place() -> None:
    assert find_sections(document(*until_five("无。", STATUTORY[5], BODIES[5])))[1] == (
        Finding("N1", Severity.WARNING, "section 5 holds fewer than 10 characters", "line 9"),
    )


@pytest.mark.parametrize(("body", "rules"), [("栏目空白将补齐栏目", ["N1"]), ("栏目空白，将补齐栏目", [])])
def test_ten_characters_are_enough(body: str, rules: list[str]) -> None:
    findings = find_sections(document(*until_five(body, STATUTORY[5], BODIES[5])))[1]
    assert [one.rule for one in findings] == rules
