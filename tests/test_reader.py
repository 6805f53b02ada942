"""The report reader: the tables of all three forms as printed, doubtful cells marked, another year beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html
from streamlit.testing.v1 import AppTest

from dashboard.catalogue import LANGUAGES, catalogue
from dashboard.components.reader import MARKS
from dashboard.queries import questions, reader
from dashboard.queries.selection import Selection
from etl.load.executors import local
from etl.load.load import Options, load
from etl.paths import SAMPLE_REPORTS
from tests.test_pages import opened

FOLDER = SAMPLE_REPORTS / "fujian"
AGENCY = "平潭综合实验区管理委员会-350128"
ANNEX, OF_2019, OF_2021 = (f"{AGENCY}-{year}" for year in (2016, 2020, 2023))
WEB_PAGES = {OF_2019: "pingtan-guanweihui-2020.html", OF_2021: "pingtan-guanweihui-2023.html"}
ANNEX_ROWS = {
    "disclosed": ["3460", "85376"],
    "disclosed_gazette": ["0", "0"],
    "disclosed_website": ["3460", "85376"],
    "received": ["0", "0"],
    "answered": ["0", "0"],
    "reconsiderations": ["0", "0"],
    "litigations": ["0", "0"],
    "litigations_and_complaints": ["0", "0"],
    "fees_waived": ["0", "0"],
}
"""What a person reads in the annex of pingtan-guanweihui-2016.txt: this year, since the beginning."""
_NUMBER = re.compile(r"-?[\d.]+元?")
_SIGNS = "".join((*MARKS.values(), "⚠", "≠"))


@dataclass(frozen=True)
class Field:
    """A cell of a table that the page shows: what is printed in it, its marks, its classes, its place."""

    printed: str
    marks: frozenset[str]
    classes: frozenset[str]
    place: str


@pytest.fixture(scope="module")
def three_forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of one agency's reports on 2016, 2020 and 2023."""
    folder = tmp_path_factory.mktemp("forms")
    names = ["pingtan-guanweihui-2016.txt", *WEB_PAGES.values()]
    load([FOLDER / name for name in names], Options(folder, local(1)))
    return folder


@pytest.fixture(autouse=True)
def warehouse(three_forms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(three_forms))


def tables(app: AppTest) -> list[dict[str, list[Field]]]:
    """Every table of cells on the page: the fields of each row by its label."""
    assert not app.exception
    bodies = [html.fromstring(f"<div>{each.proto.body}</div>") for each in app.main.get("html")]
    return [dict(rows(table)) for body in bodies for table in body.iter("table")]


def rows(table: html.HtmlElement) -> Iterator[tuple[str, list[Field]]]:
    for row in table.iterfind("tbody/tr"):
        yield row.findtext("th"), [field(cell) for cell in row.iterfind("td")]


def field(cell: html.HtmlElement) -> Field:
    for label in cell.findall("small"):
        label.text = ""
    text = cell.text_content()
    marks = frozenset(sign for sign in text if sign in _SIGNS)
    printed = "".join(sign for sign in text if sign not in _SIGNS).strip()
    return Field(printed, marks, frozenset(cell.get("class").split()), cell.get("title"))


def numbers(path: Path) -> list[list[str]]:
    """The figures of each table of a web page, in the order of the page."""
    page = html.fromstring(path.read_text(encoding="utf-8"))
    texts = [[cell.text_content().strip() for cell in table.iter("td")] for table in page.iter("table")]
    return [[text for text in table if _NUMBER.fullmatch(text)] for table in texts]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_annex_before_2019_is_shown_as_printed(lang: str) -> None:
    app = opened("reader", report=ANNEX, lang=lang)
    (annex,) = tables(app)
    names = {cell["row_key"]: catalogue(lang).entry(cell, "row_label") for cell in annex_cells()}
    shown = {label.replace(" / ", "/"): [each.printed for each in fields] for label, fields in annex.items()}
    assert shown == {names[key].replace(" / ", "/"): printed for key, printed in ANNEX_ROWS.items()}
    assert f"**{catalogue(lang)('reader.table_1')}**" in [each.value for each in app.markdown]


def annex_cells() -> list[dict[str, str]]:
    return [dict(cell) for cell in questions.form_cells().values() if cell["table_no"] == 1]


@pytest.mark.parametrize("report", WEB_PAGES)
def test_three_tables_are_shown_as_printed(report: str) -> None:
    shown = tables(opened("reader", report=report))
    printed = numbers(FOLDER / WEB_PAGES[report])
    assert len(shown) == len(printed) == 3
    for table, figures in zip(shown, printed, strict=True):
        assert [each.printed for fields in table.values() for each in fields] == figures


@pytest.mark.parametrize("report", [ANNEX, *WEB_PAGES])
def test_a_cell_is_marked_when_a_finding_names_it_or_it_has_no_number(report: str) -> None:
    found = reader.report(report)
    assert found is not None
    doubted = {key for cells in found.findings["cells"] for key in cells.split()}
    expected = [
        (row["printed"], row["key"] in doubted or row["state"] in MARKS) for row in found.cells.to_dict("records")
    ]
    fields = [each for table in tables(opened("reader", report=report)) for row in table.values() for each in row]
    assert [(each.printed, "doubt" in each.classes) for each in fields] == expected
    assert [bool(each.marks) for each in fields] == [doubt for _, doubt in expected]
    assert all(each.place for each in fields)


def test_the_sample_has_doubtful_cells_in_a_web_page() -> None:
    fields = [each for table in tables(opened("reader", report=OF_2019)) for row in table.values() for each in row]
    assert any("doubt" in each.classes for each in fields)


def test_another_year_beside_it_marks_what_differs() -> None:
    one, other = (reader.report(key) for key in (OF_2019, OF_2021))
    assert one is not None and other is not None
    there = dict(zip(other.cells["key"], other.cells["printed"], strict=True))
    expected = [
        key in there and there[key] != printed
        for key, printed in zip(one.cells["key"], one.cells["printed"], strict=True)
    ]
    app = opened("reader", **{"report": OF_2019, "with": OF_2021})
    fields = [each for table in tables(app)[::2] for row in table.values() for each in row]
    assert [("differs" in each.classes, "≠" in each.marks) for each in fields] == [(each, each) for each in expected]
    assert any(expected) and not all(expected)


def test_the_cell_of_the_link_is_outlined_and_told_with_its_place() -> None:
    key = "3/received/total"
    app = opened("reader", report=OF_2021, cell=key)
    (here,) = [
        each for table in tables(app) for row in table.values() for each in row if "here" in each.classes
    ]  # fmt: skip
    found = reader.report(OF_2021)
    assert found is not None
    row = found.cells.set_index("key").loc[key]
    assert here.printed == row["printed"]
    assert row["place"] in here.place
    assert row["place"] in app.success[0].value.replace("\\", "")


def test_every_report_of_the_three_forms_is_offered() -> None:
    assert set(questions.reports_listed(Selection())["report_id"]) == {ANNEX, OF_2019, OF_2021}
