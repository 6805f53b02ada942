"""What a spreadsheet program would run becomes text; what it shows as it stands is left alone."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from dashboard.export import excel_bytes
from etl.spreadsheet import for_workbook, harmless


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd",
        "@sum",
        "-cmd|' /C calc'!A0",
        "\t=1",
        "\r=1",
        "-1+2",
        "+1-2",
        "\n=1",
        "＝1+1",
        "＋1-2",
        "＠a",
        "－1＋2",
    ],
)
def test_formulas_become_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "value", ["-", "--", "－", "—", "-5", "+3", "-3.5", "3.5", "/", "无", "a=b", "", -5, 2.0, None]
)
def test_harmless_cells_stay_as_printed(value: object) -> None:
    assert harmless(value) == value


@pytest.mark.parametrize("text", ["甲\x07乙.txt", "甲\x0b乙", "甲\uffff乙"])
def test_a_workbook_is_made_of_any_text(text: str) -> None:
    book = excel_bytes({"示例": pd.DataFrame({"甲": [text, "=1"]})})
    assert list(pd.read_excel(io.BytesIO(book))["甲"]) == [f"甲\ufffd{text[2:]}", "'=1"]
    assert for_workbook(5) == 5 and for_workbook("甲\n乙") == "甲\n乙"
