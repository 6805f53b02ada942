"""What is kept for one build, language and filter is never shown for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.catalogue import catalogue
from dashboard.components import exhibits
from dashboard.components.figures import Exhibit
from dashboard.components.view import View
from dashboard.queries.choices import known
from dashboard.queries.selection import Selection


def coverage(warehouse: Path, years: tuple[int, ...], lang: str, monkeypatch: pytest.MonkeyPatch) -> Exhibit:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(warehouse))
    return exhibits.coverage(View(catalogue(lang), known(), Selection(years=years), ()))


def test_a_chart_is_made_once_for_each_build_language_and_filter(
    full_warehouse: Path, one_report_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        (warehouse, years, lang)
        for warehouse in (full_warehouse, one_report_warehouse)
        for years in ((), (2024,))
        for lang in ("zh", "en")
    ]
    first = [coverage(*one, monkeypatch) for one in asked]
    again = [coverage(*one, monkeypatch) for one in asked]
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert len({id(one) for one in first}) == len(asked)


def test_each_filter_and_language_gets_its_own_numbers_and_words(
    full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = coverage(full_warehouse, (), "zh", monkeypatch)
    year = coverage(full_warehouse, (2024,), "zh", monkeypatch)
    english = coverage(full_warehouse, (), "en", monkeypatch)
    assert len(year.table) < len(whole.table)
    assert english.title != whole.title
    assert english.table.to_numpy()[:, 2:].tolist() == whole.table.to_numpy()[:, 2:].tolist()
