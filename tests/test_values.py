"""Printed cells to values: what is a number, a dash, a blank, and what stays unreadable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.form import Column, forms
from etl.report import State
from etl.tables.values import Value, printable, read_value

COUNT = Column("decisions", "本年处理决定数量", "件")
CHANGE = Column("change", "本年增/减", "项")
FEE = Column("amount", "本年收费金额", "万元")


@pytest.mark.parametrize(
    ("printed", "column", "expected"),
    [
        ("0", COUNT, Value(0.0, State.NUMBER)),
        ("1,234", COUNT, Value(1234.0, State.NUMBER)),
        ("12 件", COUNT, Value(12.0, State.NUMBER)),
        ("2笔", COUNT, Value(2.0, State.NUMBER)),
        ("24252.311082", FEE, Value(24252.311082, State.NUMBER)),
        ("3.5万元", FEE, Value(3.5, State.NUMBER)),
        ("251000元", FEE, Value(None, State.UNREADABLE, "V4")),
        ("0元", FEE, Value(0.0, State.NUMBER)),
        ("-3", CHANGE, Value(-3.0, State.NUMBER)),
        ("-3", COUNT, Value(-3.0, State.NUMBER, "V1")),
        ("2.5", COUNT, Value(2.5, State.NUMBER, "V1")),
        ("", COUNT, Value(None, State.BLANK)),
        ("  ", COUNT, Value(None, State.BLANK)),
        ("/", COUNT, Value(None, State.DASH)),
        ("无", COUNT, Value(None, State.DASH)),
        ("减3", CHANGE, Value(None, State.UNREADABLE, "V2")),
        ("03", COUNT, Value(None, State.UNREADABLE, "V2")),
        ("0.5万元", FEE, Value(0.5, State.NUMBER)),
        ("1 2", COUNT, Value(None, State.UNREADABLE, "V2")),
        ("12,34", COUNT, Value(None, State.UNREADABLE, "V2")),
        ("3%", COUNT, Value(None, State.UNREADABLE, "V2")),
        ("约30", COUNT, Value(None, State.UNREADABLE, "V2")),
    ],
)
def test_printed_cell(printed: str, column: Column, expected: Value) -> None:
    assert read_value(printed, column) == expected


@given(st.integers(min_value=0, max_value=10**9))
def test_every_count_is_read_as_printed_with_and_without_separators(number: int) -> None:
    assert read_value(str(number), COUNT).number == number
    assert read_value(f"{number:,}", COUNT).number == number


@given(st.text(max_size=12))
def test_only_a_number_has_a_value(text: str) -> None:
    value = read_value(text, COUNT)
    assert (value.number is not None) == (value.state is State.NUMBER)
    assert value.state is not State.MISSING


def test_every_unit_of_the_forms_is_known() -> None:
    units = {
        column.unit
        for form in forms().values()
        for table in form.tables
        for row in table.rows
        for column in row.columns
    }
    assert units <= set(printable().units)
