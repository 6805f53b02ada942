"""The shipped sample: its head notes, the README's table, and every figure against the truth of the real reports."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from etl.document import Document
from etl.form import forms
from etl.gazetteer.gazetteer import default
from etl.identity.identity import read_identity
from etl.paths import SAMPLE_REPORTS
from etl.readers import read
from etl.report import ReportCell, State
from etl.tables.tables import read_tables
from etl.text import fold

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports"
HEAD_NOTE = "转写件：数字照录，文字为摘述"
TITLE = "{agency}{year}年政府信息公开工作年度报告"
ANNEX = "pre2019"
NO_COUNTY = "—"
YEARS = {"本年": "year", "历年累计": "cumulative"}
README_ROW = re.compile(r"\| (\S+/\S+) \| (\S+) \| (\S+) \| (\d{4}) \| (\S+) \| \S+ \| (\d+) \|")


@dataclass(frozen=True)
class Listed:
    """One row of the README's table."""

    path: Path
    agency: str
    county: str
    year: int
    form: str
    cells: int


def listed() -> list[Listed]:
    rows = README_ROW.findall((SAMPLE_REPORTS / "README.md").read_text(encoding="utf-8"))
    return [
        Listed(SAMPLE_REPORTS / path, agency, county, int(year), form, int(cells))
        for path, agency, county, year, form, cells in rows
    ]


LISTED = listed()
WITH_FORM = [one for one in LISTED if one.form != ANNEX]
BEFORE = [one for one in LISTED if one.form == ANNEX]


def name(one: Listed) -> str:
    return one.path.name


@cache
def document(path: Path) -> Document:
    return read(path, path.read_bytes())


def lines(path: Path) -> list[str]:
    return [text.strip() for text in document(path).texts]


def in_form(path: Path) -> dict[str, ReportCell]:
    return {cell.at.key: cell for cell in read_tables(document(path)).cells}


@cache
def truths() -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for path in sorted(SHARED.rglob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        found.setdefault((truth["agency"], truth["year"]), []).append(truth)
    return found


def truth_of(one: Listed, part: str) -> dict[str, Any]:
    """That part of every truth file of the agency and year; they must not contradict each other."""
    merged: dict[str, Any] = {}
    for truth in truths()[one.agency, one.year]:
        for key, value in truth.get(part, {}).items():
            assert merged.setdefault(key, value) == value, f"truth files disagree on {key}"
    return merged


needs_truth = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real reports and their truth are not beside the project"
)


def test_readme_lists_exactly_the_files_there() -> None:
    there = {path for path in SAMPLE_REPORTS.rglob("*") if path.is_file() and path.name != "README.md"}
    assert {one.path for one in LISTED} == there
    assert len(LISTED) == len(there) == 30


@pytest.mark.parametrize("one", LISTED, ids=name)
def test_head_note_stands_before_the_title(one: Listed) -> None:
    texts = [fold(text) for text in lines(one.path)]
    title = next(
        n for n, text in enumerate(texts) if text.endswith(fold(TITLE.format(agency=one.agency, year=one.year)))
    )
    assert texts.index(fold(HEAD_NOTE)) in (title - 1, title - 2, title + 1, title + 2)


@pytest.mark.parametrize("one", LISTED, ids=name)
def test_identity_is_the_one_listed(one: Listed) -> None:
    identity, region, _ = read_identity(document(one.path), default())
    assert (identity.agency, identity.year) == (one.agency, one.year)
    assert (region.county or NO_COUNTY) == one.county


@pytest.mark.parametrize("one", LISTED, ids=name)
def test_every_printed_cell_is_read(one: Listed) -> None:
    cells = in_form(one.path)
    assert read_tables(document(one.path)).form == one.form
    assert sum(cell.state in (State.NUMBER, State.BLANK) for cell in cells.values()) == one.cells
    assert {cell.state for cell in cells.values()} <= {State.NUMBER, State.BLANK, State.MISSING}


@needs_truth
@pytest.mark.parametrize("one", WITH_FORM, ids=name)
def test_every_figure_equals_the_truth(one: Listed) -> None:
    truth = truth_of(one, "cells")
    read_cells = in_form(one.path)
    assert {key for key, cell in read_cells.items() if cell.state is not State.MISSING} <= set(truth)
    assert {key: read_cells[key].value for key in truth} == truth
    assert all(read_cells[key].state in (State.BLANK, State.MISSING) for key, value in truth.items() if value is None)


@needs_truth
@pytest.mark.parametrize("one", BEFORE, ids=name)
def test_every_figure_of_the_annex_equals_the_truth(one: Listed) -> None:
    truth = truth_of(one, "indicators")
    names = {row.key: {fold(word) for word in row.match} for row in forms()[ANNEX].tables[0].rows}
    key_of = {label: next(key for key, words in names.items() if fold(label) in words) for label in truth}
    wanted = {
        f"1/{key_of[label]}/{column}": years[year]
        for label, years in truth.items()
        for year, column in YEARS.items()
        if years[year] is not None
    }
    assert {key: cell.value for key, cell in in_form(one.path).items()} == wanted
