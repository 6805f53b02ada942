"""Tables as other programs write them: numbered rows, quoted or bold Markdown, separated values, cut lines."""

from __future__ import annotations

import pytest

from etl.report import State
from tests.test_tables import HEAD_3, TABLE_2, states, told, values

LABEL = "1.属于国家秘密"
BLANK_LED = "2.其他法律行政法规禁止公开"


def rows_of(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.strip().split("\n")]


def numbered(text: str) -> str:
    return "\n".join("\t".join([str(number), *row]) for number, row in enumerate(rows_of(text), start=1))


def separated(text: str, mark: str) -> str:
    rows = [(row + [""] * 4)[:4] for row in rows_of(text)]
    return "\n".join(mark.join(f'"{cell}"' if mark in cell else cell for cell in row) for row in rows)


def markdown(text: str, before: str = "", around: str = "") -> str:
    rows = [(row + [""] * 4)[:4] for row in rows_of(text)]
    return "\n".join(
        before + "| " + " | ".join(f"{around}{cell}{around}" if cell else "" for cell in row) + " |" for row in rows
    )


def drawn(text: str) -> str:
    """As command line tools draw a table: rules about the head and at the end only."""
    rows = [(row + [""] * 4)[:4] for row in rows_of(text)]
    rule = "+" + "+".join(["----------"] * 4) + "+"
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([rule, lines[0], rule, *lines[1:], rule])


@pytest.mark.parametrize(
    "text",
    [
        numbered(TABLE_2),
        separated(TABLE_2, ","),
        separated(TABLE_2, ";"),
        markdown(TABLE_2, before="> "),
        markdown(TABLE_2, around="**"),
        markdown(TABLE_2, around="`"),
        markdown(TABLE_2).replace("|  |", "| &nbsp; |"),
        markdown(TABLE_2).replace("行政规范性文件", "行政规范<br>性文件"),
        markdown(TABLE_2).replace("|", "｜"),
        drawn(TABLE_2),
        TABLE_2.replace("行政许可\t", "行政许可：").replace("行政处罚\t", "行政处罚: "),
    ],
)
def test_table_two_of_another_program(text: str) -> None:
    found = told(f"示例镇2023年政府信息公开工作年度报告\n\n{text}\n\n三、其他事项\n")
    assert values(found, "2/regulations") == [0, 0, 0]
    assert values(found, "2/normative_documents") == [3, 1, 24]
    assert values(found, "2/licensing") == [1204]
    assert values(found, "2/penalties") == [77]
    assert values(found, "2/fees") == [12.5]


def test_the_number_of_the_next_row_fills_no_blank() -> None:
    found = told(numbered(TABLE_2.replace("规章\t0\t0\t0", "规章\t\t3\t176")))
    assert values(found, "2/regulations") in ([None, 3, 176], [None, None, None])


def test_prose_with_commas_is_no_row_of_values() -> None:
    found = told("公开,解读,回应,互动\n" * 12)
    assert found.cells == ()


def test_a_row_whose_last_blanks_were_cut_is_not_one_of_another_depth() -> None:
    grouped = "（四）无法提供\t\t2\t1\t0\t0\t0\t0\t3"
    cut = "四、结转下年度继续办理\t\t\t0\t0\t0\t-\t0\t-"
    rows = f"三、本年度办理结果\t（一）予以公开\t\t2\t1\t0\t0\t0\t0\t3\n{grouped}\n{cut}"
    found = told(TABLE_2 + HEAD_3 + "一、本年新收政府信息公开申请数量\t\t\t2\t1\t0\t0\t0\t0\t3\n" + rows)
    assert values(found, "3/granted") == [2, 1, 0, 0, 0, 0, 3]
    assert states(found, "3/carried_out") == {State.UNREADABLE}


def test_a_bracket_of_the_next_label_is_no_value() -> None:
    head = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t\t\t申请人情况"
    row = f"{LABEL}\t-\t1\t-\t0\t\t/\t1\n{head}\n{BLANK_LED}\t0\t2\t0\t0\t0\t0\t2"
    found = told(f"{TABLE_2}{head}\n{HEAD_3}{row}\n")
    assert values(found, "3/refused_state_secret") == [None, 1, None, 0, None, None, 1]


def test_a_number_that_a_line_end_cut_is_withheld() -> None:
    found = told(f"{TABLE_2}{HEAD_3}{LABEL} 130 350 7 261 66 64 8\n78\n{BLANK_LED} 1 0 0 0 0 0 1\n")
    assert states(found, "3/refused_state_secret") == {State.UNREADABLE}
    assert values(found, "3/refused_forbidden_by_law") == [1, 0, 0, 0, 0, 0, 1]


def test_a_cut_number_after_a_blank_cell_is_withheld() -> None:
    rows = f"{LABEL} | 217 | 0 |  | 67 | 0 | 7 | 29\n1 |\n{BLANK_LED} | 1 | 0 | 0 | 0 | 0 | 0 | 1 |"
    found = told(f"{TABLE_2}{HEAD_3}{rows}\n")
    assert states(found, "3/refused_state_secret") == {State.UNREADABLE}


def test_a_page_number_takes_no_place_of_a_cell_that_left_no_trace() -> None:
    lines = "\n".join([LABEL, "0", "344", "0", "0", "0", "344", "3", BLANK_LED, *"1000001"])
    found = told(f"{TABLE_2}{HEAD_3}{lines}\n")
    assert states(found, "3/refused_state_secret") == {State.UNREADABLE}
    assert values(found, "3/refused_forbidden_by_law") == [1, 0, 0, 0, 0, 0, 1]


def test_a_column_of_units_holds_no_value() -> None:
    text = TABLE_2.replace("行政许可\t1,204", "行政许可\t1,204\t件").replace("规章\t0\t0\t0", "规章\t\t5\t6\t件")
    found = told(text)
    assert values(found, "2/licensing") == [1204]
    assert values(found, "2/regulations")[:1] == [None]


def test_a_head_below_the_rows_is_no_row() -> None:
    """A table turned on its side: applicants beside their numbers, the labels in the first row."""
    turned = "四、结转下年度继续办理\n其他\t429\t316\t5\t0\t0\t0\t429\n总计\t1\t2\t3\t0\t0\t0\t6\n"
    found = told(f"{TABLE_2}{HEAD_3}{LABEL}\t{BLANK_LED}\t（七）总计\t{turned}")
    assert states(found, "3/other_other") == {State.MISSING}


FEES_2019 = """第二十条第（八）项
信息内容\t上一年项目数量\t本年增/减\t本年增/减
行政事业性收费\t3\t-1\t-1
第二十条第（九）项
信息内容\t采购项目数量\t采购总金额\t采购总金额
政府集中采购\t2\t12.5\t12.5
"""


def test_the_last_of_two_values_is_written_twice_where_its_cells_were_merged() -> None:
    found = told("第二十条第（一）项\n信息内容\t本年新制作数量\n" + FEES_2019)
    assert values(found, "2/fees") == [3, -1]
    assert values(found, "2/procurement") == [2, 12.5]


def test_last_years_value_beside_a_blank_is_not_this_years() -> None:
    head = "<tr><td>信息内容<td>采购项目数量<td colspan=2>采购总金额<td>上年数</tr>"
    row = "<tr><td>政府集中采购<td><td colspan=2>45.2<td>95</tr>"
    page = f"<table><tr><td>第二十条第（一）项<td>本年新制作数量</tr>{head}{row}</table>"
    assert values(told(page, "示例镇.html"), "2/procurement") == [None, 45.2]


def test_a_page_whose_values_stand_in_fields_of_a_form() -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td><input type=text value='{c}'>" if c[0].isdigit() else f"<td>{c}" for c in row) + "</tr>"
        for row in rows_of(TABLE_2)
    )
    found = told(f"<table>{rows}</table><input type=hidden value=9>", "示例镇.html")
    assert values(found, "2/normative_documents") == [3, 1, 24]
    assert values(found, "2/licensing") == [1204]


def test_the_number_that_a_data_frame_prints_before_each_line_is_no_value() -> None:
    lines = "\n".join(f"{number} {' '.join(row)}" for number, row in enumerate(rows_of(TABLE_2)))
    found = told(lines.replace("规章 0 0 0", "规章 3 176"))
    assert values(found, "2/regulations") == [None, None, None]
    assert values(found, "2/normative_documents") == [3, 1, 24]


def test_a_separator_at_a_line_end_inside_a_row_may_be_a_blank_cell() -> None:
    rows = [
        "|三、本年度办理结果 |（一）予以公开 | |1 |0 |0 |0 |0 |0 |1",
        "| |（二）部分公开 | |161 |",
        "- |0 |- | |161",
        "| |（四）无法提供 | |1 |0 |0 |0 |0 |0 |1",
    ]
    found = told(TABLE_2 + HEAD_3 + "\n".join(rows) + "\n")
    assert states(found, "3/partly_granted") == {State.UNREADABLE}
    assert values(found, "3/granted") == [1, 0, 0, 0, 0, 0, 1]


def test_line_ends_within_the_tags_of_a_table_in_markdown_are_none() -> None:
    rows = "".join("<tr>" + "".join(f'<td\nclass="c">{c}</td>' for c in row) + "</tr>\n" for row in rows_of(TABLE_2))
    found = told(f"# 示例镇2023年政府信息公开工作年度报告\n\n<table>{rows}</table>\n", "示例镇.md")
    assert values(found, "2/normative_documents") == [3, 1, 24]
    assert values(found, "2/licensing") == [1204]


def test_a_value_that_a_line_end_moved_before_the_next_label_is_no_row_number() -> None:
    found = told(TABLE_2.replace("行政处罚\t77\n行政强制\t0\n", "388 行政处罚\n77 行政强制\n294 "))
    assert values(found, "2/penalties") == [77]
    assert values(found, "2/coercion") == [294]


def test_an_ordinal_before_values_makes_them_the_next_rows() -> None:
    """Narrow cells filled from the top: the values stand beside the first line of a label, which is its ordinal."""
    labels = {"一、": "本年新收政府\n信息公开申请\n数量", "二、": "上年结转政府\n信息公开申请\n数量"}
    rows = "\n".join(f"{ordinal} {' '.join('7000007')}\n{words}" for ordinal, words in labels.items())
    found = told(f"{TABLE_2}{HEAD_3}{rows}\n三、本年度办理结果\n（一）予以公开 1 0 0 0 0 0 1\n")
    assert states(found, "3/received") == {State.UNREADABLE}
    assert values(found, "3/granted") == [1, 0, 0, 0, 0, 0, 1]


def test_values_above_their_labels_are_withheld() -> None:
    rows = f"3 0 0 0 0 0 3\n{LABEL}\n4 0 0 0 0 0 4\n{BLANK_LED}\n5 0 0 0 0 0 5\n四、结转下年度继续办理"
    found = told(f"{TABLE_2}{HEAD_3}{rows}\n")
    assert not any(cell.value for cell in found.cells if cell.at.table_no == 3)


def grid(rows: list[list[str]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


HEADS = [["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]]
CUT_OFF = ["", *"1000001"]


@pytest.mark.parametrize("cut_off_above", [True, False])
def test_a_row_whose_values_a_page_break_cut_off_is_not_blank(cut_off_above: bool) -> None:
    bare = [BLANK_LED, *[""] * 7]
    rows = [CUT_OFF, bare] if cut_off_above else [bare, CUT_OFF]
    page = grid([*HEADS, [LABEL, *"2000002"], *rows, ["四、结转下年度继续办理", *"3000003"]])
    found = told(page, "示例镇.html")
    assert values(found, "3/refused_state_secret") == [2, 0, 0, 0, 0, 0, 2]
    assert states(found, "3/refused_forbidden_by_law") == {State.UNREADABLE}
    assert values(found, "3/carried_out") == [3, 0, 0, 0, 0, 0, 3]


def test_a_grid_row_without_cells_beside_its_label_is_not_blank() -> None:
    page = grid([*HEADS, [LABEL, *"2000002"], [BLANK_LED], ["四、结转下年度继续办理", *"3000003"]])
    assert states(told(page, "示例镇.html"), "3/refused_forbidden_by_law") == {State.UNREADABLE}


OTHER_COLUMN = [
    ["第二十条第（一）项"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "上年数"],
    ["规章", "", "1", "3", "88"],
    ["信息内容", "本年处理决定数量", "", "", "上年数"],
    ["行政许可", "5", "", "", "67"],
    ["行政处罚", "", "", "", "67"],
    ["行政强制", "", "", "", ""],
]


def test_a_column_that_the_head_names_beside_the_forms_fills_no_blank() -> None:
    found = told(grid(OTHER_COLUMN), "示例镇.html")
    assert values(found, "2/regulations") == [None, 1, 3]
    assert values(found, "2/licensing") == [5]
    assert states(found, "2/penalties") == {State.UNREADABLE}
    assert states(found, "2/coercion") == {State.BLANK}


def test_a_head_whose_spans_swap_its_last_columns_is_not_believed() -> None:
    head = (
        "<tr><td rowspan=3 colspan=3>本列数据的勾稽关系为<td colspan=6>申请人情况</tr>"
        "<tr><td rowspan=2>自然人<td colspan=4>法人或其他组织<td rowspan=2>总计</tr>"
        "<tr><td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他</tr>"
    )
    row = "<tr><td colspan=3>一、本年新收政府信息公开申请数量" + "".join(f"<td>{cell}" for cell in ["", *"/0/00", "-"])
    found = told(f"<table>{head}{row}</tr></table>", "示例镇.html")
    assert values(found, "3/received") in ([None, None, 0, None, 0, 0, None], [None] * 7)


@pytest.mark.parametrize("printed", ["-", "/", "5"])
def test_a_raised_mark_of_a_note_makes_no_number(printed: str) -> None:
    page = grid([["第二十条第（六）项"], ["信息内容", "本年处理决定数量"], ["行政处罚", f"{printed}<sup>1</sup>"]])
    assert values(told(page, "示例镇.html"), "2/penalties") == [None]


def test_a_remark_beside_a_row_of_nothing_fills_no_blank() -> None:
    head = [*HEADS[0], "备注"]
    page = grid([head, [LABEL, "", *"0-0-00", "无"], [BLANK_LED, *"2000002", ""]])
    found = told(page, "示例镇.html")
    assert states(found, "3/refused_state_secret") == {State.UNREADABLE}
    assert values(found, "3/refused_forbidden_by_law") == [2, 0, 0, 0, 0, 0, 2]


def test_table_four_with_a_stray_cell_at_its_end_does_not_move() -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    head = [["行政复议", "行政诉讼"], [*results, "未经复议直接起诉", "复议后起诉"], [*results, *results]]
    page = grid([*head, ["", *"0-0", "", *"0-0-", "", *"-0-0", "", ""]])
    assert all(cell.value is None for cell in told(page, "示例镇.html").cells)


def test_a_blank_before_a_value_written_twice_keeps_its_place() -> None:
    fees = FEES_2019.replace("\t3\t-1\t-1", "\t\t-1\t-1")
    assert values(told("第二十条第（一）项\n信息内容\t本年新制作数量\n" + fees), "2/fees")[0] is None


def test_a_label_alone_that_ends_the_document_is_a_row_without_values() -> None:
    page = "<table><tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>规章</td></tr></table>"
    assert states(told(page, "示例镇.html"), "2/regulations") == {State.UNREADABLE}


def test_a_dash_with_a_raised_note_is_no_change_by_minus_one() -> None:
    head = "<tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td></tr>"
    row = "<tr><td>行政许可</td><td>35</td><td>-<sup>1</sup></td><td>4</td></tr>"
    found = told(f"<table><tr><td>第二十条第（五）项</td></tr>{head}{row}</table>", "示例镇.html")
    assert values(found, "2/licensing") == [35, None, 4]


@pytest.mark.parametrize("page_number", ["2", "- 2 -", "第 2 页"])
def test_a_page_number_below_a_row_of_blanks_is_none_of_its_values(page_number: str) -> None:
    rows = markdown(TABLE_2.replace("行政处罚\t77", "行政处罚\t")).split("\n")
    at = next(number for number, row in enumerate(rows) if "行政处罚" in row) + 1
    found = told("\n".join([*rows[:at], "", page_number, "", *rows[at:]]), "示例镇.md")
    assert states(found, "2/penalties") == {State.BLANK}
    assert values(found, "2/coercion") == [0]


def test_the_double_bars_of_a_wiki_part_cells_once() -> None:
    rows = "\n".join(
        "|-\n| " + " || ".join((row + [""] * 4)[:4]) for row in rows_of(TABLE_2.replace("3\t1\t24", "\t1\t24"))
    )
    found = told(f"{{| class=wikitable\n{rows}\n|}}", "示例镇.txt")
    assert values(found, "2/normative_documents") == [None, 1, 24]
    assert values(found, "2/penalties") == [77]


def test_halves_of_numbers_in_a_row_of_their_own_leave_the_row_above_unread() -> None:
    rows = [*HEADS, [LABEL, "10", "103", *"0000", "11"], ["", "25", "", "", "", "", "", "28"]]
    assert states(told(grid(rows), "示例镇.html"), "3/refused_state_secret") == {State.UNREADABLE}
    whole = [*HEADS, [LABEL, "10", "1", *"0000", "11"], [BLANK_LED, "25", *"00000", "25"]]
    assert values(told(grid(whole), "示例镇.html"), "3/refused_state_secret") == [10, 1, 0, 0, 0, 0, 11]
