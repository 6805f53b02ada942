"""The six sections found by what their titles mean, on own reports of every layout and on the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.document import Document, Paragraph, Row, Table
from etl.prose.sections import find_sections
from etl.readers import READERS, read
from etl.report import Finding, Section, Severity

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports"
STATUTORY = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
BODIES = [
    "示例镇平稳推进。",
    "示例镇公开十条。",
    "未收到申请。",
    "没有复议。",
    "公开栏破损，将更换新栏。",
    "未收取费用。",
]


def document(*lines: str | Table) -> Document:
    blocks = [
        Paragraph(line, f"line {number}") if isinstance(line, str) else line for number, line in enumerate(lines, 1)
    ]
    return Document("示例.txt", tuple(blocks), "text")


def table(*rows: list[str]) -> Table:
    places = [tuple(f"row {r} cell {c}" for c in range(1, len(row) + 1)) for r, row in enumerate(rows, 1)]
    return Table(tuple(Row(tuple(row), at) for row, at in zip(rows, places, strict=True)), exact=False)


def report(titles: list[str]) -> Document:
    return document(*(line for title, body in zip(titles, BODIES, strict=True) for line in (title, body)))


def texts(sections: tuple[Section, ...]) -> dict[int, str]:
    return {section.section_no: section.text for section in sections}


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def test_statutory_titles() -> None:
    sections, findings = find_sections(report(STATUTORY))
    assert [section.heading for section in sections] == STATUTORY
    assert [section.text for section in sections] == BODIES
    assert [section.place for section in sections] == ["line 1", "line 3", "line 5", "line 7", "line 9", "line 11"]
    assert findings == ()


@pytest.mark.parametrize(
    "dress",
    [
        "{title}",
        "  {title}：",
        "## {title}",
        "#### **{title}**",
        "## **{ordinal}、**{words}",
        "{ordinal}. {words}",
        "{ordinal}．{words}",
        "（{ordinal}）{words}",
        "第{ordinal}部分 {words}",
        "第{ordinal}部分：{words}",
        "{words}",
        "**{words}**",
        "{figure}、{words}",
        "{figure}. {words}",
        "（{figure}）{words}",
    ],
)
def test_any_ordinal_and_markup(dress: str) -> None:
    titles = [
        dress.format(title=title, ordinal=title[0], words=title[2:], figure=number)
        for number, title in enumerate(STATUTORY, start=1)
    ]
    sections, findings = find_sections(report(titles))
    assert texts(sections) == dict(enumerate(BODIES, start=1))
    assert rules(findings) == []


@pytest.mark.parametrize(
    "title", ["5、存在的主要问题及改进情况", "（五）存在的主要问题及改进情况", "存在的主要问题及改进情况"]
)
def test_one_title_dressed_otherwise(title: str) -> None:
    sections, _ = find_sections(report([*STATUTORY[:4], title, STATUTORY[5]]))
    assert texts(sections) == dict(enumerate(BODIES, start=1))


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "一、总体工作情况"),
        (1, "—、总体情况"),
        (1, "一、2023年政府信息公开工作概述"),
        (1, "一、政府信息公开工作的基本情况"),
        (2, "二、主动公开政府信息的情况"),
        (2, "二、政府信息主动公开情况"),
        (3, "三、政府信息依申请公开办理情况"),
        (3, "三、依申请公开政府信息和不予公开政府信息情况"),
        (3, "三、政府信息公开申请办理情况"),
        (4, "四、因政府信息公开工作" + "被申请行政复议、提起行政诉讼情况"),
        (4, "四、政府信息公开行政复议与行政诉讼情况"),
        (4, "四、行政投诉举报、复议和诉讼情况"),
        (5, "五、存在问题及改进情况"),
        (5, "五、存在的主要问题和改进措施"),
        (5, "五、主要问题和下一步打算"),
        (5, "五、政府信息公开工作存在的不足及整改措施"),
        (5, "五、2023年存在的主要问题及改进情况"),
        (5, "五存在的主要问题及改进情况"),
        (5, "五，存在的主要问题及改进情况"),
        (5, "五、我镇政府信息公开工作中存在的问题和改进措施"),
        (5, "五、存在的困难和问题"),
        (5, "五、不足与改进"),
        (3, "三、政府信息公开申请情况"),
        (4, "四、行政复议、行政诉讼"),
        (6, "六、其他有关事项"),
        (6, "六、其它需要报告的事项"),
        (6, "六、需要说明的其他事项与附表"),
        (6, "六、其他需要报告的情况"),
    ],
)
def test_reworded_titles(number: int, title: str) -> None:
    titles = [*STATUTORY[: number - 1], title, *STATUTORY[number:]]
    sections, findings = find_sections(report(titles))
    assert texts(sections) == dict(enumerate(BODIES, start=1))
    assert rules(findings) == []


def test_numbering_that_starts_anew_inside_section_one() -> None:
    inside = ["一、加强领导", "二、主动公开政府信息情况。公开十条。", "三、依申请公开情况", "未收到。", "五、监督保障"]
    sections, findings = find_sections(document(STATUTORY[0], *inside, *STATUTORY[1:]))
    assert texts(sections)[1] == "\n".join(inside)
    assert [section.heading for section in sections] == STATUTORY
    assert "S2" in rules(findings)


def test_numbered_paragraphs_inside_section_one_are_no_titles() -> None:
    inside = ["（一）主动公开情况", "公开十条。", "（二）主动公开", "2. 主动公开信息情况", "（三）依申请公开情况"]
    sections, _ = find_sections(document(STATUTORY[0], *inside, *STATUTORY[1:]))
    assert texts(sections)[1] == "\n".join(inside)


def test_rows_of_table_three_are_no_titles() -> None:
    rows = table(
        ["一、本年新收政府信息公开申请数量", "0", "0"],
        ["二、上年结转政府信息公开申请数量", "0", "0"],
        ["三、本年度办理结果", "（一）予以公开", "0"],
        ["四、结转下年度继续办理", "0", "0"],
    )
    loose = ["一、本年新收政府信息公开申请数量", "0", "四、结转下年度继续办理", "0"]
    sections, findings = find_sections(document(*STATUTORY[:3], rows, *loose, *STATUTORY[3:]))
    assert [section.heading for section in sections] == STATUTORY
    assert texts(sections)[3] == "\n".join(loose)
    assert "S2" not in rules(findings)


def test_prose_beside_tables_stays_and_figures_go() -> None:
    figures = table(["规章", "0", "0"], ["全年公开十条。", "", ""], ["行政处罚", "", "2"])
    sections, _ = find_sections(document(*STATUTORY[:2], "说明如下。", figures, *STATUTORY[2:]))
    assert texts(sections)[2] == "说明如下。\n全年公开十条。"


def test_a_table_in_section_five_is_kept() -> None:
    rows = table(["存在的问题", "改进措施"], ["栏目空白", "补齐栏目"])
    sections, _ = find_sections(document(*STATUTORY[:5], rows, STATUTORY[5]))
    assert texts(sections)[5] == "存在的问题\t改进措施\n栏目空白\t补齐栏目"


def test_title_and_text_on_one_line() -> None:
    titles = [title + "。" + body for title, body in zip(STATUTORY, BODIES, strict=True)]
    sections, _ = find_sections(document(*titles))
    assert texts(sections) == dict(enumerate(BODIES, start=1))


def test_whole_report_on_one_line() -> None:
    text = "示例镇年报" + "".join(title + body for title, body in zip(STATUTORY, BODIES, strict=True)) + " 附件下载"
    sections, findings = find_sections(document(text))
    assert texts(sections) == dict(enumerate(BODIES, start=1))
    assert sections[0].place == "line 1"
    assert rules(findings) == []


def test_places_in_a_long_line_count_characters() -> None:
    text = "示例镇年报。" + "公开为常态。" * 40 + "一、总体情况" + BODIES[0] + "二、主动公开政府信息情况" + BODIES[1]
    sections, _ = find_sections(document(text))
    assert [section.place for section in sections] == [
        f"line 1 character {text.index('一、') + 1}",
        f"line 1 character {text.index('二、') + 1}",
    ]


def test_figures_run_together_with_the_next_title() -> None:
    text = "一、总体情况略。二、主动公开政府信息情况规章000行政处罚128三、收到和处理政府信息公开申请情况总计0000000"
    text += "四、政府信息公开行政复议、行政诉讼情况000000000000005五、存在的主要问题及改进情况公开栏破损，将更换新栏。"
    sections, _ = find_sections(document(text))
    assert [section.section_no for section in sections] == [1, 2, 3, 4, 5]
    assert texts(sections)[5] == "公开栏破损，将更换新栏。"


@pytest.mark.parametrize("dress", ["{title}", "{title}……{number}", "{title}\t{number}", "{title} ........ {number}"])
def test_table_of_contents_is_set_aside(dress: str) -> None:
    contents = [dress.format(title=title, number=number) for number, title in enumerate(STATUTORY, start=1)]
    body = [line for pair in zip(STATUTORY, BODIES, strict=True) for line in pair]
    sections, _ = find_sections(document("目录", *contents, *body))
    assert texts(sections) == dict(enumerate(BODIES, start=1))
    assert sections[0].place == "line 8"


def test_another_report_below_is_not_read_under_the_first_ones_name() -> None:
    body = [line for pair in zip(STATUTORY, BODIES, strict=True) for line in pair]
    other = [f"{line}另" if line in BODIES else line for line in body]
    lines = ["示例甲镇2023年政府信息公开工作年度报告", *body, "示例乙镇2022年度政府信息公开工作年度报告", *other]
    sections, findings = find_sections(document(*lines))
    assert texts(sections) == dict(enumerate(BODIES, start=1))
    told = Finding("S2", Severity.WARNING, "sections below another report title are not read", f"line {len(body) + 2}")
    assert findings == (told,)
    assert find_sections(document(*lines[: len(body) + 1]))[1] == ()


def test_titles_without_text_between_are_titles_where_nothing_repeats_them() -> None:
    sections, _ = find_sections(document(*STATUTORY[:4], "五、存在的主要问题及改进情况", BODIES[4]))
    assert texts(sections) == {1: "", 2: "", 3: "", 4: "", 5: BODIES[4]}


def test_a_sentence_that_lists_the_parts_is_no_title() -> None:
    listing = "、".join(title[2:] for title in STATUTORY) + "等部分见下。"
    sections, _ = find_sections(document("示例镇年报", listing))
    assert sections == ()


def test_title_inside_a_cell() -> None:
    layout = table(*([cell] for pair in zip(STATUTORY, BODIES, strict=True) for cell in pair))
    sections, findings = find_sections(document(layout))
    assert texts(sections) == dict(enumerate(BODIES, start=1))
    assert rules(findings) == []


def test_title_in_a_cell_beside_its_text() -> None:
    layout = table(*(list(pair) for pair in zip(STATUTORY, BODIES, strict=True)))
    sections, _ = find_sections(document(layout))
    assert texts(sections)[5] == BODIES[4]


def test_title_broken_over_two_lines() -> None:
    broken = "四、因政府信息公开工作" + "被申请行政复议、提起行\n政诉讼情况"
    sections, _ = find_sections(report([*STATUTORY[:3], broken, *STATUTORY[4:]]))
    assert texts(sections) == dict(enumerate(BODIES, start=1))


def test_spaced_titles() -> None:
    sections, _ = find_sections(report([" ".join(title) for title in STATUTORY]))
    assert texts(sections) == dict(enumerate(BODIES, start=1))


def test_titles_without_ordinals_whose_letters_are_set_apart() -> None:
    bare = [title.partition("、")[2] for title in STATUTORY]
    sections, _ = find_sections(report([" ".join(title) for title in bare]))
    assert texts(sections) == dict(enumerate(BODIES, 1))


def test_report_of_before_2019() -> None:
    sections, findings = find_sections(
        document(
            *("一、概述", "示例局推进公开。", "二、主动公开政府信息的情况", "公开二十条。"),
            *("三、政府信息依申请公开办理情况", "未收到申请。", "四、政府信息公开的收费及减免情况", "没有收费。"),
            *("五、因政府信息公开申请" + "行政复议、提起行政诉讼的情况", "没有。"),
            *("六、存在的主要问题和改进措施", "更新慢，将按月更新。", "七、附表", "指标名称 计量单位", "信息数 条 20"),
        )
    )
    assert texts(sections) == {
        1: "示例局推进公开。",
        2: "公开二十条。",
        3: "未收到申请。\n四、政府信息公开的收费及减免情况\n没有收费。",
        4: "没有。",
        5: "更新慢，将按月更新。",
    }
    assert [(finding.rule, finding.severity) for finding in findings] == [
        ("S1", Severity.WARNING),
        ("S2", Severity.INFO),
        ("S2", Severity.INFO),
    ]


def test_problems_and_measures_under_two_titles_are_one_section() -> None:
    lines = ["五、存在问题", "公开栏破损。", "六、改进措施", "更换公开栏。"]
    sections, _ = find_sections(document(*STATUTORY[:4], *lines))
    assert texts(sections)[5] == "公开栏破损。\n六、改进措施\n更换公开栏。"


def test_a_matter_of_its_own_after_section_five_is_not_in_it() -> None:
    lines = [*STATUTORY[:4], STATUTORY[4], BODIES[4], "六、重点领域信息公开情况", "公开三条。"]
    sections, _ = find_sections(document(*lines))
    assert texts(sections)[5] == BODIES[4]


def test_headings_inside_section_five_stay_in_it() -> None:
    lines = ["一、存在的主要问题", "公开栏破损。", "二、改进情况", "将更换新栏。"]
    sections, _ = find_sections(document(*STATUTORY[:4], STATUTORY[4], *lines, STATUTORY[5], BODIES[5]))
    assert texts(sections)[5] == "\n".join(lines)
    assert texts(sections)[6] == BODIES[5]


@pytest.mark.parametrize(
    "below",
    [
        ["示例市示例局", "2024年1月15日"],
        ["示例镇人民政府 2024年1月15日"],
        ["二〇二四年一月十五日"],
        ["附件下载"],
        ["扫一扫在手机打开当前页"],
        ["示例镇人民政府", "2024年1月15日", "【打印】【关闭】", "版权所有：示例市", "一、总情况"],
        ["附件：示例镇统计表.xls"],
        ["附表1", "指标 数量", "网站 3"],
    ],
)
def test_what_stands_below_the_report_is_no_part_of_it(below: list[str]) -> None:
    lines = [line for pair in zip(STATUTORY, BODIES, strict=True) for line in pair]
    sections, _ = find_sections(document(*lines, *below))
    assert texts(sections)[6] == BODIES[5]


def test_navigation_above_is_no_section() -> None:
    above = ["首页>政务公开>年报", "政府信息公开指南", "依申请公开", "机构概况"]
    sections, _ = find_sections(
        document(*above, *(line for pair in zip(STATUTORY, BODIES, strict=True) for line in pair))
    )
    assert texts(sections) == dict(enumerate(BODIES, start=1))


@pytest.mark.parametrize(
    ("number", "severity"), [(1, "warning"), (2, "error"), (3, "error"), (4, "warning"), (6, "warning")]
)
def test_a_missing_section_is_a_finding(number: int, severity: str) -> None:
    kept = [n for n in range(6) if n != number - 1]
    _, findings = find_sections(document(*(line for n in kept for line in (STATUTORY[n], BODIES[n]))))
    assert [(finding.rule, finding.severity) for finding in findings] == [("S1", severity)]


def test_shifted_ordinals_are_told() -> None:
    titles = [*STATUTORY[:4], "六、存在的主要问题及改进情况", "七、其他需要报告的事项"]
    sections, findings = find_sections(report(titles))
    assert texts(sections) == dict(enumerate(BODIES, start=1))
    assert [(finding.rule, finding.severity, finding.place) for finding in findings] == [
        ("S2", Severity.INFO, "line 9"),
        ("S2", Severity.INFO, "line 11"),
    ]


@pytest.mark.parametrize("body", ["", "无。", "  无 ", "暂无问题。"])
def test_an_empty_section_five_is_a_finding(body: str) -> None:
    lines = [line for pair in zip(STATUTORY, [*BODIES[:4], body, BODIES[5]], strict=True) for line in pair]
    _, findings = find_sections(document(*lines))
    assert rules(findings) == ["N1"]


@pytest.mark.parametrize("lines", [[], [""], ["一份菜谱", "一、备料", "二、翻炒"]])
def test_what_is_no_report_has_no_section(lines: list[str]) -> None:
    sections, findings = find_sections(document(*lines))
    assert sections == ()
    assert rules(findings) == ["S1"] * 6


@pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not beside the project")
@pytest.mark.parametrize("folder", ["seeds", "full"])
def test_real_reports(folder: str) -> None:
    paths = [path for path in sorted((SHARED / folder).iterdir()) if path.suffix in READERS and path.suffix != ".json"]
    assert paths
    for path in paths:
        sections, _ = find_sections(read(path, path.read_bytes()))
        numbers = [section.section_no for section in sections]
        assert numbers == sorted(set(numbers)), path
        assert {1, 2, 3, 5} <= set(numbers), path
        assert folder != "seeds" or numbers == [1, 2, 3, 4, 5, 6], path
