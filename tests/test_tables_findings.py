"""What the table reader says of a doubt, whole: rule, weight, message, place and cells; digits that sums part."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from etl.form import forms
from etl.report import Finding, ReportCell, Severity, State
from etl.tables.tables import TablesRead
from tests.test_tables import HEAD_3, HEAD_4, TABLE_2, cells, states, told, values

THREE = forms()["2021"].table(3)
RECEIVED = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"
OPEN_DIGITS = "270020130"
"""27 0 0 2 0 1 30 or 2 7 0 0 20 1 30: both sums hold."""
ONE_WAY = "27 0 0 2 0 1 30"


def keys(row: str) -> tuple[str, ...]:
    table = forms()["2021"].table(int(row[0]))
    return tuple(cell.key for one in table.rows if row == f"{row[0]}/{one.key}" for cell in one.cells(table.table_no))


def of_rule(text: str, rule: str) -> list[Finding]:
    return [one for one in told(text).findings if one.rule == rule]


def table_three(printed: Mapping[str, str]) -> str:
    """The whole table with the given text after some labels, and seven joined zeros after all others."""
    lines = [f"{row.label.replace('/', ' ')} {printed.get(row.key, '0000000')}" for row in THREE.rows]
    return TABLE_2 + HEAD_3 + "\n".join(lines) + "\n四、政府信息公开行政复议、行政诉讼情况\n"


def test_a_row_printed_twice_is_told_with_both_readings() -> None:
    twice = TABLE_2.replace("规章\t0\t0\t0\n", "规章\t0\t0\t0\n规章\t0\t1\t0\n")
    message = "row printed twice: 0 0 0 / 0 1 0"
    assert of_rule(twice, "S4") == [
        Finding("S4", Severity.ERROR, message, "line 3 cell 2", cells=keys("2/regulations"))
    ]
    cell = cells(told(twice))["2/regulations/repealed"]
    assert (cell.value, cell.state, cell.printed, cell.place) == (
        None, State.UNREADABLE, "0 0 0 / 0 1 0", "line 3 cell 3",
    )  # fmt: skip


def test_a_row_printed_twice_and_once_bare_counts_where_it_has_values() -> None:
    assert values(told(TABLE_2.replace("行政强制\t0\n", "行政强制\n行政强制\t0\n")), "2/coercion") == [0]


def test_a_misprinted_label_is_told_with_what_it_was_read_as() -> None:
    assert of_rule(TABLE_2.replace("行政处罚", "行政处伐"), "S4") == [
        Finding("S4", Severity.INFO, "label 行政处伐 read as 行政处罚", "line 10 cell 2", cells=keys("2/penalties"))
    ]


@pytest.mark.parametrize("label", ["行政", "经济处伐", "行政处行政处"])
def test_a_word_that_is_not_like_enough_is_no_label(label: str) -> None:
    assert states(told(TABLE_2.replace("行政处罚", label)), "2/penalties") == {State.MISSING}


def test_a_misprint_after_the_rows_that_follow_it_is_not_taken() -> None:
    text = TABLE_2.replace("行政处罚\t77\n行政强制\t0\n", "行政强制\t0\n行政处伐\t77\n")
    assert states(told(text), "2/penalties") == {State.MISSING}


def test_an_amount_in_another_unit_is_told() -> None:
    found = told(TABLE_2.replace("单位：万元", "单位：亿元"))
    wanted = Finding("V4", Severity.WARNING, "the head says 亿元", "line 14 cell 2", cells=keys("2/fees"))
    assert [one for one in found.findings if one.message == wanted.message] == [wanted]
    assert cells(found)["2/fees/amount"] == ReportCell(
        cells(found)["2/fees/amount"].at, None, State.UNREADABLE, "12.5", "line 14 cell 2"
    )


@pytest.mark.parametrize(
    ("printed", "rule", "severity", "message"),
    [
        ("-3", "V1", Severity.ERROR, "-3 is no count"),
        ("1.5", "V1", Severity.ERROR, "1.5 is no count"),
        ("约80", "V2", Severity.WARNING, "约80 is no number"),
        ("77元", "V4", Severity.WARNING, "77元 has another unit than 件"),
    ],
)
def test_a_text_that_is_no_count_is_told(printed: str, rule: str, severity: Severity, message: str) -> None:
    found = told(TABLE_2.replace("行政处罚\t77", f"行政处罚\t{printed}"))
    assert states(found, "2/penalties") == {State.NUMBER if rule == "V1" else State.UNREADABLE}
    assert Finding(rule, severity, message, "line 10 cell 2", cells=keys("2/penalties")) in found.findings


def test_what_is_missing_blank_and_normalised_is_told_once_a_table() -> None:
    found = told(TABLE_2.replace("规章\t0\t0\t0", "规章\t0\t\t0").replace("行政强制\t0\n", ""))
    assert [one for one in found.findings if one.cells[0].startswith("2/")] == [
        Finding("S5", Severity.ERROR, "table 2: 1 cells not found", "", cells=keys("2/coercion")),
        Finding("V3", Severity.WARNING, "table 2: 1 cells blank", "line 3 cell 3", cells=("2/regulations/repealed",)),
        Finding("V4", Severity.INFO, "table 2: 1 cells normalised", "line 7 cell 2", cells=keys("2/licensing")),
    ]


def test_too_few_values_are_an_error_of_table_three_and_a_doubt_of_table_two() -> None:
    found = told(TABLE_2.replace("规章\t0\t0\t0", "规章 4 5") + HEAD_3 + f"{RECEIVED} 10 0 0 0 0 10\n")
    two, three = [one for one in found.findings if "values for" in one.message]
    assert two == Finding("V2", Severity.WARNING, "2 values for 3 columns: 4 5", "line 3", cells=keys("2/regulations"))
    assert three == Finding(
        "S3", Severity.ERROR, "6 values for 7 columns: 10 0 0 0 0 10", "line 18", cells=keys("3/received")
    )
    assert [(cell.printed, cell.place) for cell in found.cells if cell.at.row_key == "received"] == [
        ("10 0 0 0 0 10", "line 18")
    ] * 7


def test_a_head_in_another_order_is_told_row_by_row() -> None:
    head = HEAD_3.replace("商业企业\t科研机构", "科研机构\t商业企业")
    found = told(head + f"{RECEIVED}\t1\t2\t0\t0\t0\t0\t3\n{CARRIED}\t\n")
    message = "the head names the applicants in another order"
    assert [one for one in found.findings if one.rule == "V2"][0] == Finding(
        "V2", Severity.WARNING, message, "line 4 cell 2", cells=keys("3/received")
    )
    assert cells(found)["3/received/business"].printed == "2"


def test_table_two_of_an_unknown_version_is_told() -> None:
    found = told("第二十条第（一）项信息内容\n规章\t1\t2\t3\n行政许可\t5\n")
    assert {one.message for one in found.findings if one.rule == "V2"} == {"the version of the form cannot be told"}


def test_joined_digits_are_parted_by_their_own_sum_and_it_is_told() -> None:
    found = told(table_three({"received": "640020470", "concluded": "640020470", "granted": "640020470"}))
    assert values(found, "3/received") == [64, 0, 0, 2, 0, 4, 70]
    assert Finding(
        "V4", Severity.INFO, "joined digits parted by their sum: 64 0 0 2 0 4 70", "line 18", cells=keys("3/received")
    ) in found.findings  # fmt: skip


def test_joined_digits_that_their_sum_leaves_open_are_parted_by_the_sums_over_rows() -> None:
    found = told(table_three({"received": OPEN_DIGITS, "granted": OPEN_DIGITS, "concluded": ONE_WAY}))
    assert values(found, "3/received") == values(found, "3/granted") == [27, 0, 0, 2, 0, 1, 30]
    assert [one.message for one in found.findings if one.rule == "V4" and "parted" in one.message] == [
        "joined digits parted by their sum: 27 0 0 2 0 1 30"
    ] * 2


def test_joined_digits_that_all_sums_leave_open_stay_unreadable() -> None:
    found = told(table_three({"received": OPEN_DIGITS, "granted": OPEN_DIGITS, "concluded": OPEN_DIGITS}))
    for row in ("received", "granted", "concluded"):
        assert states(found, f"3/{row}") == {State.UNREADABLE}
    assert values(found, "3/carried_in") == [0] * 7


def test_parted_digits_that_contradict_the_sums_over_rows_are_withdrawn() -> None:
    found = told(table_three({"received": "123000015", "concluded": "5 0 0 0 0 0 5", "granted": "5 0 0 0 0 0 5"}))
    assert states(found, "3/received") == {State.UNREADABLE}
    assert values(found, "3/granted") == [5, 0, 0, 0, 0, 0, 5]
    assert Finding(
        "V2", Severity.WARNING, "parted digits contradict the sums over rows", "line 18", cells=keys("3/received")
    ) in found.findings  # fmt: skip


def test_figures_in_a_long_line_have_the_character_in_their_place() -> None:
    text = "".join(TABLE_2.replace("\t", " ").split("\n")) + "公开为常态。" * 40
    cell = cells(told(text))["2/penalties/decisions"]
    assert cell.value == 77
    assert cell.place == f"line 1 character {text.index('77') + 1}"


def test_table_four_whose_sums_fail_twice_has_moved_and_is_withheld() -> None:
    for numbers, state in (
        ("1 0 6 0 9 2 0 1 0 9 0 0 1 0 1", State.UNREADABLE),
        ("1 0 6 0 9 2 0 1 0 3 0 0 1 0 1", State.NUMBER),
    ):
        found = told(TABLE_2 + "四、政府信息公开行政复议、行政诉讼情况\n" + HEAD_4 + numbers + "\n五、存在的主要问题\n")
        assert states(found, "4/reconsideration") == {state}


APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def page(*rows: list[str]) -> TablesRead:
    cells_of = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells_of)
    return told(f"<html><body><table>{table}</table></body></html>", "示例镇.html")


def grid(values_of: list[str], heads: list[str] = APPLICANTS, led_by: tuple[str, ...] = ()) -> TablesRead:
    """Table three as a web page: its head, the first row with these values, a row of zeros."""
    top = [*("序号" for _ in led_by), "项目", *heads]
    return page(top, [*led_by, RECEIVED, *values_of], [*led_by, CARRIED, *["0"] * len(values_of)])


def test_a_grid_gives_every_column_its_value_and_place() -> None:
    found = grid(["5", "1", "", "0", "0", "2", "8"])
    assert values(found, "3/received") == [5, 1, None, 0, 0, 2, 8]
    assert cells(found)["3/received/total"].place == "table 1 row 2 column 8"
    led = grid(["5", "1", "0", "0", "0", "2", "8"], led_by=("1",))
    assert values(led, "3/received") == [5, 1, 0, 0, 0, 2, 8]
    assert cells(led)["3/received/total"].place == "table 1 row 2 column 9"


@pytest.mark.parametrize("more", ["9", "见附件"])
def test_a_grid_with_a_value_beside_its_columns_is_withheld(more: str) -> None:
    found = grid(["5", "1", "0", "0", "0", "2", "8", more], [*APPLICANTS, "备注"])
    assert states(found, "3/received") == {State.UNREADABLE}
    assert "S3" in {one.rule for one in found.findings if keys("3/received") == one.cells}


def test_a_grid_row_that_lacks_a_cell_is_withheld() -> None:
    assert states(grid(["5", "1", "0", "0", "0", "2"]), "3/received") == {State.UNREADABLE}


def test_a_grid_row_without_values_is_blank() -> None:
    assert states(grid([""] * 7), "3/received") == {State.BLANK}


@pytest.mark.parametrize("moved", [2, 3, 4, 5])
@pytest.mark.parametrize("merged", [True, False])
def test_a_grid_whose_applicants_stand_in_another_order_is_withheld(moved: int, merged: bool) -> None:
    heads = APPLICANTS.copy()
    heads.insert(1, heads.pop(moved))
    rows = [[RECEIVED, "5", "1", "0", "0", "0", "2", "8"], [CARRIED, *["0"] * 7]]
    top = [["申请人情况"], ["自然人", "法人或其他组织", "总计"], heads[1:-1]] if merged else [["项目", *heads]]
    found = page(*top, *rows)
    assert states(found, "3/received") == {State.UNREADABLE}
    assert "the head names the applicants in another order" in {one.message for one in found.findings}


def test_blanks_of_a_grid_with_a_column_more_keep_their_columns() -> None:
    heads = [*APPLICANTS, "备注"]
    assert values(grid(["5", "1", "", "0", "0", "2", "8", ""], heads), "3/received") == [5, 1, None, 0, 0, 2, 8]
    assert values(grid(["", "", "", "", "", "8", "8", ""], heads), "3/received") == [*[None] * 5, 8, 8]


@pytest.mark.parametrize(("total", "state"), [("8", State.NUMBER), ("9", State.UNREADABLE)])
@pytest.mark.parametrize("printed", ["5 1 0 0\n0 2 {}", "5\n1 0 0 0 2 {}"])
def test_values_wrapped_over_lines_count_where_their_sum_holds(printed: str, total: str, state: State) -> None:
    found = told(HEAD_3 + f"{RECEIVED} {printed.format(total)}\n{CARRIED} 0 0 0 0 0 0 0\n")
    assert states(found, "3/received") == {state}


FOUR = [line.split("\t") for line in HEAD_4.strip().split("\n")]
PRINTED = ["1", "", "6", "0", "7", *["2", "0", "1", "0", "3"], *["0", "0", "1", "0", "1"]]


@pytest.mark.parametrize("printed", [["5", "1", "", "0", "0", "2", "8"], ["", "1", "0", "0", "0", "2", "8"]])
def test_a_value_beside_the_columns_takes_no_blanks_place(printed: list[str]) -> None:
    assert states(grid([*printed, "9"], [*APPLICANTS, "备注"]), "3/received") == {State.UNREADABLE}


def test_a_sum_that_fails_in_its_columns_is_read_as_printed() -> None:
    assert values(grid(["5", "1", "0", "0", "0", "2", "9", ""], [*APPLICANTS, "备注"]), "3/received")[-1] == 9


def test_table_four_of_a_page_keeps_its_columns_beside_blanks() -> None:
    found = page(*FOUR, PRINTED)
    assert values(found, "4/reconsideration") == [1, None, 6, 0, 7]
    assert values(found, "4/litigation_after_reconsideration") == [0, 0, 1, 0, 1]


def test_table_four_of_a_page_with_a_value_beside_its_columns_is_withheld() -> None:
    found = page(*FOUR[:2], [*FOUR[2], "备注"], [*PRINTED, "3"])
    assert states(found, "4/reconsideration") == {State.UNREADABLE}
