"""What the table reader does where a file is doubtful: it withholds the value and says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.form import forms
from etl.readers import read
from etl.report import ReportCell, Severity, State
from etl.tables.tables import TablesRead, read_tables

TABLE_2 = """第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t3\t1\t24
第二十条第（五）项
信息内容\t本年处理决定数量
行政许可\t1,204
第二十条第（六）项
信息内容\t本年处理决定数量
行政处罚\t77
行政强制\t0
第二十条第（八）项
信息内容\t本年收费金额（单位：万元）
行政事业性收费\t12.5
"""
HEAD_3 = """申请人情况
自然人\t法人或其他组织\t总计
商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他
"""
HEAD_4 = """行政复议\t行政诉讼
结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉
结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计
"""


def told(text: str, name: str = "示例镇.txt") -> TablesRead:
    return read_tables(read(Path(name), text.encode()))


def cells(read_from: TablesRead) -> dict[str, ReportCell]:
    return {cell.at.key: cell for cell in read_from.cells}


def values(read_from: TablesRead, row: str) -> list[float | None]:
    return [cell.value for cell in read_from.cells if f"{cell.at.table_no}/{cell.at.row_key}" == row]


def states(read_from: TablesRead, row: str) -> set[State]:
    return {cell.state for cell in read_from.cells if f"{cell.at.table_no}/{cell.at.row_key}" == row}


def rules(read_from: TablesRead) -> set[str]:
    return {finding.rule for finding in read_from.findings}


def test_table_two_row_by_row() -> None:
    found = told(TABLE_2)
    assert found.form == "2021"
    assert values(found, "2/normative_documents") == [3, 1, 24]
    assert values(found, "2/licensing") == [1204]
    assert values(found, "2/fees") == [12.5]
    assert cells(found)["2/licensing/decisions"].printed == "1,204"
    assert cells(found)["2/licensing/decisions"].place == "line 7 cell 2"


def test_every_cell_of_the_form_is_there_and_what_was_not_found_is_missing() -> None:
    found = told(TABLE_2)
    assert [cell.at.key for cell in found.cells] == [cell.key for cell in forms()["2021"].cells()]
    assert states(found, "3/received") == states(found, "4/reconsideration") == {State.MISSING}
    assert "S5" in rules(found)


def test_text_without_tables_has_no_cells() -> None:
    found = told("示例镇2023年工作总结\n全年办理行政许可35件、行政处罚2件，新收政府信息公开申请数量3件。")
    assert found.form == "unknown"
    assert found.cells == ()


def test_prose_that_names_rows_is_not_taken_for_them() -> None:
    prose = TABLE_2.replace(
        "行政许可\t1,204", "全年依法办理行政许可90件。\n行政许可方面，示例镇设立窗口5个。\n行政许可\t1,204"
    )
    assert values(told(prose), "2/licensing") == [1204]


@pytest.mark.parametrize("unit", ["元", "亿元"])
def test_an_amount_under_another_unit_is_withheld(unit: str) -> None:
    found = told(TABLE_2.replace("单位：万元", f"单位：{unit}"))
    assert states(found, "2/fees") == {State.UNREADABLE}
    assert "V4" in rules(found)


def test_zero_is_zero_in_any_unit() -> None:
    found = told(TABLE_2.replace("单位：万元", "单位：元").replace("12.5", "0"))
    assert values(found, "2/fees") == [0]


def test_the_same_row_twice_with_different_values_is_a_conflict() -> None:
    found = told(TABLE_2.replace("行政处罚\t77\n", "行政处罚\t77\n行政处罚\t78\n"))
    assert states(found, "2/penalties") == {State.UNREADABLE}
    assert "S4" in rules(found)


def test_the_same_row_twice_with_equal_values_is_one_row() -> None:
    found = told(TABLE_2.replace("行政处罚\t77\n", "行政处罚\t77\n行政处罚\t77\n"))
    assert values(found, "2/penalties") == [77]


def test_four_kinds_of_nothing() -> None:
    found = told(TABLE_2.replace("规章\t0\t0\t0", "规章\t0\t/\t").replace("77", "约80"))
    assert [cell.state for cell in found.cells[:3]] == [State.NUMBER, State.DASH, State.BLANK]
    assert states(found, "2/penalties") == {State.UNREADABLE}
    assert cells(found)["2/penalties/decisions"].printed == "约80"
    assert {"V2", "V3"} <= rules(found)


def test_two_values_for_one_column_are_withheld() -> None:
    found = told(TABLE_2.replace("行政处罚\t77", "行政处罚 77 3"))
    assert states(found, "2/penalties") == {State.UNREADABLE}


def as_page(text: str) -> str:
    """The rows as a table of a web page, blank cells at the end of shorter ones."""
    rows = [(line.split("\t") + [""] * 4)[:4] for line in text.strip().split("\n")]
    return "<table>" + "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows) + "</table>"


def test_a_value_in_the_cell_of_its_label_is_one_too_many_on_a_page() -> None:
    found = told(as_page(TABLE_2.replace("规章\t0", "规章 5\t0")), "示例镇.html")
    assert states(found, "2/regulations") == {State.UNREADABLE}
    assert values(found, "2/normative_documents") == [3, 1, 24]


def test_a_misprinted_label_is_told_by_place_and_likeness() -> None:
    found = told(TABLE_2.replace("行政处罚", "行政处伐"))
    assert values(found, "2/penalties") == [77]
    assert "S4" in rules(found)


@pytest.mark.parametrize("nothing", ["无", "暂无", "/"])
def test_a_misprinted_label_before_cells_that_say_none(nothing: str) -> None:
    found = told(TABLE_2.replace("行政处罚\t77", f"行政处伐\t{nothing}"))
    assert states(found, "2/penalties") == {State.DASH}
    assert values(found, "2/coercion") == [0]


def test_without_a_word_of_any_version_table_two_is_withheld() -> None:
    bare = "第二十条第（一）项信息内容\n规章\t1\t2\t3\n行政许可\t5\n"
    found = told(bare)
    assert not [cell for cell in found.cells if cell.state is State.NUMBER]


def test_tables_of_two_versions_in_one_report() -> None:
    two = """第二十条第（一）项
信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t0\t0\t0
规范性文件\t4\t3\t9
"""
    three = HEAD_3 + "一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1\n"
    three += "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\t0\t0\t0\t0\t0\t0\t0\n"
    found = told(two + three)
    assert found.form == "2019"
    assert values(found, "2/normative_documents") == [4, 3, 9]
    assert values(found, "3/other_no_correction") == [0] * 7


def test_a_page_number_among_values_is_told_by_the_sum() -> None:
    lines = "\n".join(["一、本年新收政府信息公开申请数量", "5", "1", "0", "12", "0", "0", "2", "8"])
    assert values(told(HEAD_3 + lines + "\n二、上年结转政府信息公开申请数量\n"), "3/received") == [5, 1, 0, 0, 0, 2, 8]


def test_a_value_too_many_that_the_sum_cannot_tell_is_withheld() -> None:
    lines = "\n".join(["一、本年新收政府信息公开申请数量", "5", "1", "0", "12", "0", "0", "2", "9"])
    found = told(HEAD_3 + lines + "\n二、上年结转政府信息公开申请数量\n")
    assert states(found, "3/received") == {State.UNREADABLE}


def test_six_values_on_a_line_are_withheld_though_a_sum_could_be_found() -> None:
    found = told(HEAD_3 + "一、本年新收政府信息公开申请数量 10 0 0 0 0 10\n")
    assert states(found, "3/received") == {State.UNREADABLE}


def test_a_head_in_another_order_withholds_the_table() -> None:
    head = HEAD_3.replace("商业企业\t科研机构", "科研机构\t商业企业")
    found = told(head + "一、本年新收政府信息公开申请数量\t1\t2\t0\t0\t0\t0\t3\n")
    assert states(found, "3/received") == {State.UNREADABLE}


def test_blanks_among_values_keep_their_columns_where_full_rows_show_them() -> None:
    rows = (
        "一、本年新收政府信息公开申请数量\t\t1\t0\t0\t0\t0\t0\t1\n二、上年结转政府信息公开申请数量\t\t\t\t2\t\t\t\t2\n"
    )
    assert values(told(HEAD_3 + rows), "3/carried_in") == [None, None, 2, None, None, None, 2]


def test_table_four_from_its_one_row() -> None:
    numbers = "1\t0\t6\t0\t7\t2\t0\t1\t0\t3\t0\t0\t1\t0\t1"
    found = told(TABLE_2 + "四、政府信息公开行政复议、行政诉讼情况\n" + HEAD_4 + numbers + "\n五、存在的主要问题\n")
    assert values(found, "4/reconsideration") == [1, 0, 6, 0, 7]
    assert values(found, "4/litigation_after_reconsideration") == [0, 0, 1, 0, 1]


def test_fourteen_values_in_table_four_are_withheld() -> None:
    numbers = "1 0 6 0 7 2 0 1 0 3 0 0 1 1"
    found = told(TABLE_2 + "四、政府信息公开行政复议、行政诉讼情况\n" + HEAD_4 + numbers + "\n五、存在的主要问题\n")
    assert states(found, "4/reconsideration") == {State.UNREADABLE}
    assert "S3" in rules(found)


BLANK_LED = ["", "1", "", "1", "2", *["2", "2", "2", "1", "7"], *["4", "", "1", "", "5"]]
SHIFTED = ["", *["0", "1", "0", "1", "2"], *["2", "2", "2", "1", "7"], *["4", "0", "1", "0"]]


def pipe_lines(cells_of: list[str]) -> str:
    """Every cell on a line, a `|` alone on the line after it."""
    heads = [head for line in HEAD_4.split("\n") for head in line.split("\t") if head]
    return "\n".join(f"{text}\n|" for text in [*heads, *cells_of]) + "\n六、其他\n"


def framed_at_the_end(cells_of: list[str]) -> str:
    """Cells parted by `|`, one after the last cell, none before the first."""
    rows = [*(line.split("\t") for line in HEAD_4.strip().split("\n")), cells_of]
    return "\n".join(" | ".join(row) + " | " + "|" * (15 - len(row)) for row in rows) + "\n"


def pipe_ends(cells_of: list[str]) -> str:
    """Every cell on a line that ends in `|`; what fills up a row stands together on one line."""
    lines = []
    for row in [*(line.split("\t") for line in HEAD_4.strip().split("\n")), cells_of]:
        lines += [*(f"{text} |" for text in row), *(["|" * (15 - len(row))] if len(row) < 15 else [])]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("layout", [pipe_lines, framed_at_the_end, pipe_ends])
def test_table_four_whose_first_cell_is_blank(layout: Callable[[list[str]], str]) -> None:
    found = told(TABLE_2 + layout(BLANK_LED))
    assert values(found, "4/reconsideration") == [None, 1, None, 1, 2]
    assert values(found, "4/litigation_direct") == [2, 2, 2, 1, 7]
    assert values(found, "4/litigation_after_reconsideration") == [4, None, 1, None, 5]
    assert "S3" not in rules(found)


def test_table_four_led_by_an_empty_cell_that_is_no_value_is_withheld() -> None:
    found = told(TABLE_2 + pipe_lines(SHIFTED))
    assert states(found, "4/litigation_direct") == {State.UNREADABLE}
    assert "S3" in rules(found)


@pytest.mark.parametrize("layout", [pipe_lines, pipe_ends])
def test_table_four_without_any_value_is_blank(layout: Callable[[list[str]], str]) -> None:
    found = told(TABLE_2 + layout([""] * 15) + "六、其他\n")
    assert states(found, "4/reconsideration") == states(found, "4/litigation_direct") == {State.BLANK}
    assert "S3" not in rules(found)


def test_digits_run_together_lack_nothing_but_are_no_number() -> None:
    heads = HEAD_4.replace("\t", "").replace("\n", "")
    found = told(TABLE_2 + heads + "195113383051165234811356\n")
    assert states(found, "4/reconsideration") == {State.UNREADABLE}
    assert [one.severity for one in found.findings if one.rule == "V2"] == [Severity.WARNING] * 3
    assert "S3" not in rules(found)


def test_an_annex_of_the_years_before_the_form() -> None:
    annex = """政府信息公开情况统计表
统计指标\t单位\t统计数
一、主动公开情况
（一）主动公开政府信息数\t条\t1,204
其中：主动公开规范性文件数\t条\t3
三、依申请公开情况
（一）收到申请数\t件\t15
1.当面申请数\t件\t
（二）申请办结数\t件\t14
四、行政复议数量\t件\t0
"""
    found = told(annex)
    assert found.form == "pre2019"
    assert values(found, "1/disclosed") == [1204]
    assert values(found, "1/received") == [15]
    assert states(found, "1/received_in_person") == {State.BLANK}
    assert states(found, "1/trained") == set()
