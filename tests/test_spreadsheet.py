"""What a spreadsheet program would run becomes text; what it shows as it stands is left alone."""

from __future__ import annotations

import pytest

from etl.spreadsheet import harmless


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "@sum", "-cmd|' /C calc'!A0", "\t=1", "\r=1", "-1+2", "+1-2"])
def test_formulas_become_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-", "--", "—", "-5", "+3", "-3.5", "3.5", "/", "无", "a=b", "", -5, 2.0, None])
def test_harmless_cells_stay_as_printed(value: object) -> None:
    assert harmless(value) == value
