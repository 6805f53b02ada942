"""Made-up reports obey the form's sums and the chains between years, and their truth says what the files print."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from etl.form import forms
from etl.sample.agencies import Agency, agencies
from etl.sample.draft import Draft, draft_report
from etl.sample.figures import Figures, form_of, series_of
from etl.sample.grid import VARIANTS, broken, grid_of, keys_of, placed
from etl.sample.joined import undeterminable
from etl.sample.layouts import LAYOUTS, MARKDOWN, Layout, fill, render
from etl.sample.pdf import browser, printer
from etl.sample.plant import PLANTS, broken_sums
from etl.sample.planted import write_planted
from etl.sample.printing import Manner, print_figures
from etl.sample.tables_as_text import parts
from etl.sample.words import words
from etl.sample.write import SampleOptions, all_shapes, formats_and_layouts, write_sample

YEARS = range(2019, 2026)
SEED = 3


@cache
def _series(count: int) -> list[tuple[Agency, list[tuple[int, Figures]]]]:
    batch = list(agencies(count))
    return list(zip(batch, series_of(batch, YEARS, SEED), strict=True))


def _draft(layout: Layout, number: int, year: int = 2023) -> Draft:
    agency, series = _series(40)[number]
    return draft_report(agency, year, dict(series)[year], SEED, (layout.keeps_blanks, layout.joined))


def test_every_sum_of_the_form_holds() -> None:
    for _, series in _series(120):
        for year, figures in series:
            assert set(figures) == {cell.key for cell in form_of(year).cells()}
            assert broken_sums(form_of(year), dict(figures)) == []


def test_years_hand_on_what_is_carried_and_in_force() -> None:
    for _, series in _series(120):
        for (_, last), (year, this) in pairwise(series):
            for column in form_of(year).table(3).rows[0].columns:
                assert this[f"3/carried_in/{column.key}"] == last[f"3/carried_out/{column.key}"]
            if form_of(year - 1).version == "2021":
                for row in ("regulations", "normative_documents"):
                    change = this[f"2/{row}/issued"] - this[f"2/{row}/repealed"]
                    assert this[f"2/{row}/in_force"] == last[f"2/{row}/in_force"] + change


def test_figures_are_whole_and_not_all_alike() -> None:
    received = [figures["3/received/total"] for _, series in _series(120) for _, figures in series]
    assert all(value == int(value) >= 0 for value in received)
    assert min(received) == 0
    assert max(received) > 500
    assert len(set(received)) > 100


def test_agencies_have_names_of_their_own_that_say_they_are_made_up() -> None:
    found = list(agencies(20_000))
    assert len({agency.name for agency in found}) == len(found) == 20_000
    made_up = {*words()["marks"], *words()["stems"]}
    assert all(made_up & set(agency.name) for agency in found)
    assert {agency.kind for agency in found} == {
        "county",
        "county_dept",
        "city",
        "city_dept",
        "township",
        "subdistrict",
    }


def test_the_same_options_write_the_same_files(tmp_path: Path) -> None:
    options = SampleOptions(6, (2020, 2022), ("txt", "md", "html"), seed=SEED)
    assert write_sample(tmp_path / "a", options) == write_sample(tmp_path / "b", options) == 18
    assert _contents(tmp_path / "a") == _contents(tmp_path / "b")
    write_sample(tmp_path / "c", SampleOptions(6, (2020, 2022), ("txt", "md", "html"), seed=SEED + 1))
    assert _contents(tmp_path / "a") != _contents(tmp_path / "c")


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


@pytest.mark.parametrize("layout", LAYOUTS + MARKDOWN, ids=lambda layout: layout.name)
def test_a_layout_prints_every_figure(layout: Layout) -> None:
    """The figures of the truth stand in the file, at least as often as the agency prints them."""
    for number in range(12):
        draft = _draft(layout, number)
        text = render(draft, layout)
        printed = [text_ for text_ in draft.printed.texts.values() if len(text_) > 2 and text_.isascii()]
        for one in set(printed):
            assert text.count(one) >= (1 if layout.joined else printed.count(one))


@pytest.mark.parametrize("layout", LAYOUTS + MARKDOWN, ids=lambda layout: layout.name)
def test_a_layout_that_hides_blanks_gets_none(layout: Layout) -> None:
    blanks = [text for number in range(40) for text in _draft(layout, number).printed.texts.values() if not text]
    assert bool(blanks) is layout.keeps_blanks


@pytest.mark.parametrize("version", ["2021", "2019"])
@pytest.mark.parametrize("table_no", [2, 3, 4])
def test_a_grid_is_whole_and_holds_each_cell_once(version: str, table_no: int) -> None:
    grid = grid_of(version, table_no, 1)
    width = sum(box.colspan for box in grid[0])
    area = sum(box.colspan * box.rowspan for row in grid for box in row)
    assert area == width * len(grid)
    keys = [box.key for row in grid for box in row if box.key]
    assert keys == [cell.key for cell in forms()[version].table(table_no).cells()]


def test_an_annex_prints_rows_of_one_list_with_running_totals_in_the_local_one() -> None:
    printed = {keys_of("pre2019", variant) for variant in range(VARIANTS)}
    assert len(printed) == 2
    assert {any(key.endswith("/cumulative") for key in keys) for keys in printed} == {True, False}
    batch = list(agencies(30))
    for series in series_of(batch, range(2014, 2019), SEED):
        for (_, last), (_, this) in pairwise(series):
            for key in this:
                if key.endswith("/cumulative"):
                    assert this[key] == last[key] + this[key.replace("cumulative", "year")]


@pytest.mark.parametrize("at", [4, 9, 14, 20])
def test_a_page_break_repeats_the_spanning_labels(at: int) -> None:
    grid = grid_of("2021", 3, 1)
    above, below = broken(grid, at)
    assert len(above) + len(below) == len(grid)
    for part in (above, below):
        assert {item.column for item in placed(part) if item.box.key} == set(range(3, 10))
    spanning = [item.box.text for item in placed(grid) if item.row < at < item.row + item.box.rowspan]
    assert [box.text for box in below[0]][: len(spanning)] == spanning


def test_a_template_takes_printed_figures() -> None:
    assert fill(parts("a \x01k\x02 b \x01l\x02"), {"k": "1", "l": ""}) == "a 1 b "


@pytest.mark.parametrize(
    ("row", "known"),
    [
        ((64, 0, 0, 2, 0, 4, 70), True),
        ((0, 0, 0, 0, 0, 0, 0), True),
        ((1, 1, 0, 0, 0, 0, 2), True),
        ((11, 1, 1, 1, 1, 11, 26), False),
    ],
)
def test_digits_run_together_are_judged_by_their_sum(row: tuple[int, ...], known: bool) -> None:
    form = forms()["2021"]
    texts = {cell.key: "0" for cell in form.cells()}
    columns = [column.key for column in form.table(3).rows[0].columns]
    keys = [f"3/received/{column}" for column in columns]
    texts |= dict(zip(keys, map(str, row), strict=True))
    assert undeterminable(form, texts) == ([] if known else keys)


def test_three_numbers_without_a_sum_run_together_are_lost() -> None:
    form = forms()["2021"]
    texts = {cell.key: "0" for cell in form.cells()}
    keys = [f"2/normative_documents/{column}" for column in ("issued", "repealed", "in_force")]
    assert undeterminable(form, texts | dict(zip(keys, ("69", "36", "65"), strict=True))) == keys


@pytest.mark.parametrize(
    ("manner", "printed", "value"),
    [
        (Manner(), "12345.5", 12345.5),
        (Manner(thousands=True), "12,345.5", 12345.5),
        (Manner(full_width=True), "１２３４５．５", 12345.5),
        (Manner(units=True), "12345.5万元", 12345.5),
        (Manner(fixed_decimals=True), "12345.50", 12345.5),
    ],
)
def test_a_figure_is_printed_in_the_report_s_manner(manner: Manner, printed: str, value: float) -> None:
    form = forms()["2021"]
    figures = dict.fromkeys((cell.key for cell in form.cells()), 0.0) | {"2/fees/amount": value}
    shown = print_figures(form, figures, manner)
    assert (shown.texts["2/fees/amount"], shown.cells["2/fees/amount"]) == (printed, value)


@pytest.mark.parametrize(("zero", "dashes"), [("", {}), ("/", {"2/fees/amount": "/"})])
def test_blank_and_dash_are_no_numbers(zero: str, dashes: dict[str, str]) -> None:
    form = forms()["2021"]
    figures = dict.fromkeys((cell.key for cell in form.cells()), 0.0)
    shown = print_figures(form, figures, Manner(zero=zero, scope="2/fees/"))
    assert shown.cells["2/fees/amount"] is None
    assert shown.cells["2/coercion/decisions"] == 0
    assert shown.not_a_number == dashes


def test_unknown_formats_and_layouts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown format odt"):
        write_sample(tmp_path, SampleOptions(1, (2023, 2023), ("odt",)))
    with pytest.raises(ValueError, match="no layout spirals in txt"):
        write_sample(tmp_path, SampleOptions(1, (2023, 2023), ("txt",), ("spirals",)))


def test_formats_and_layouts_are_told_apart_by_name() -> None:
    assert formats_and_layouts(("txt", "html")) == (("txt", "html"), ())
    assert formats_and_layouts(("nested",)) == (("html", "docx"), ("nested",))
    assert formats_and_layouts(("html", "nested", "site")) == (("html",), ("nested", "site"))
    with pytest.raises(ValueError, match="unknown format or layout spirals"):
        formats_and_layouts(("txt", "spirals"))


def test_every_kind_of_error_is_planted_and_the_report_before_is_clean(tmp_path: Path) -> None:
    assert write_planted(tmp_path, len(PLANTS), SEED) == len(PLANTS)
    before = [json.loads(path.read_text("utf-8")) for path in sorted(tmp_path.glob("*-2022.truth.json"))]
    after = [json.loads(path.read_text("utf-8")) for path in sorted(tmp_path.glob("*-2023.truth.json"))]
    assert all(broken_sums(forms()["2021"], truth["cells"]) == [] for truth in before)
    assert [truth["planted"]["kind"] for truth in after] == [plant.__name__ for plant in PLANTS]
    for truth in after:
        planted = truth["planted"]
        broken_rules = {one["rule"] for one in planted["breaks"]}
        blank = any(truth["cells"][cell] is None for cell in planted["cells"])
        arithmetic = planted["rule"].startswith("A") and not blank
        assert (planted["rule"] in broken_rules) if arithmetic else not broken_rules


@pytest.mark.skipif(browser() is None, reason="no Chromium to print PDF files with")
def test_a_browser_prints_many_pages() -> None:
    with printer() as press:
        files = [press.print_page(f"<p>{n}</p>".encode(), numbered=n == 1) for n in range(3)]
    assert all(file.startswith(b"%PDF") for file in files)


def test_shapes_are_named_once() -> None:
    names = [(shape.format, shape.layout) for shape in all_shapes()]
    assert len(names) == len(set(names))
