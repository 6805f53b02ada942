"""What the warehouse keeps of text reuse, of the words behind a theme and of phrases, over more than one load."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from msgspec.structs import replace

from etl.report import Report, Section, Statements
from etl.warehouse.reuse_store import reuse_beside
from etl.warehouse.store import connect_new, read_current
from etl.warehouse.warehouse import build
from tests import made_up

_LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]


def _prose(seed: int) -> str:
    rng = Random(seed)
    return "".join(rng.choice(_LETTERS) for _ in range(200))


def _report(agency: int, year: int, text: str) -> Report:
    report = made_up.report(made_up.AGENCIES[agency], year)
    sections = (Section(1, "一、总体情况", text, "line 3"), Section(3, "三、表", _prose(99), "line 9"))
    return replace(report, sections=sections, source_sha256=f"{agency}{year}{made_up.hash_of(text)}")


def _rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with read_current(folder) as connection:
        return connection.execute(query).fetchall()


def _reuse(folder: Path) -> dict[tuple[str, str], tuple[str, float, bool]]:
    rows = _rows(folder, "select report_id, kind, other_id, round(similarity, 3), only_year from text_reuse")
    return {(report, kind): tuple(rest) for report, kind, *rest in rows}  # type: ignore[misc]


def _id(folder: Path, agency: int, year: int) -> str:
    name = made_up.AGENCIES[agency][0]
    return str(_rows(folder, f"select report_id from reports where agency = '{name}' and year = {year}")[0][0])


def test_last_year_and_nearest_are_stored(tmp_path: Path) -> None:
    reports = [
        _report(0, 2022, "2022年" + _prose(1)),
        _report(0, 2023, "2023年" + _prose(1)),
        _report(3, 2023, _prose(2)),
    ]
    folder = made_up.warehouse(tmp_path, reports)
    now, before = _id(folder, 0, 2023), _id(folder, 0, 2022)
    assert _reuse(folder) == {(now, "last_year"): (before, 1.0, True)}


def test_a_later_load_makes_only_what_changed_anew(tmp_path: Path) -> None:
    first = [_report(agency, year, _prose(agency)) for agency in (0, 3) for year in (2021, 2022, 2023)]
    folder = made_up.warehouse(tmp_path, first)
    at_first = _reuse(folder)
    assert {key[1] for key in at_first} == {"last_year"} and len(at_first) == 4
    changed = replace(_report(3, 2022, _prose(0)), source_path=first[4].source_path)
    build(folder, [made_up.chunk([changed])], "test")
    one, other = _id(folder, 0, 2022), _id(folder, 3, 2022)
    expected = {
        **at_first,
        (other, "last_year"): (_id(folder, 3, 2021), 0.0, False),
        (_id(folder, 3, 2023), "last_year"): (other, 0.0, False),
        (one, "same_year"): (other, 1.0, True),
        (other, "same_year"): (one, 1.0, True),
    }
    assert _reuse(folder) == expected


def test_nothing_changed_means_nothing_made_anew(tmp_path: Path) -> None:
    folder = made_up.warehouse(tmp_path, [_report(0, year, _prose(1)) for year in (2022, 2023)])
    at_first = _reuse(folder)
    build(folder, [], "test")
    assert _reuse(folder) == at_first != {}
    assert _rows(folder, "select count(*) from base.reuse_year") == [(2,)]


def test_what_fails_beside_fails_the_load(tmp_path: Path) -> None:
    with (
        connect_new(tmp_path / "without tables.duckdb") as connection,
        pytest.raises(duckdb.CatalogException),
        reuse_beside(connection),
    ):
        connection.execute("select 1")


def test_words_of_a_theme_and_phrases_stay_over_loads(tmp_path: Path) -> None:
    report = replace(
        _report(0, 2023, _prose(1)),
        statements=Statements(("公开渠道单一。",), ()),
        problem_themes=(("narrow_channels",),),
        theme_words=((("渠道", "单一"),),),
        remedy_themes=(),
        phrases=(("公开渠道单一",),),
    )
    folder = made_up.warehouse(tmp_path, [report])
    build(folder, [], "test")
    assert _rows(folder, "select ordinal, theme, words from problem_themes") == [
        (1, "narrow_channels", ["渠道", "单一"])
    ]
    assert _rows(folder, "select ordinal, phrase from phrases") == [(1, "公开渠道单一")]
