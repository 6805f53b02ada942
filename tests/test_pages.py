"""Every page under AppTest: on a full, a one-report and an empty warehouse, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.catalogue import LANGUAGES, catalogue
from dashboard.queries import questions
from dashboard.queries.selection import Selection
from tests.tables import open_tables

APP = Path(__file__).resolve().parents[1] / "dashboard" / "app.py"
PAGES = sorted(path.stem for path in (APP.parent / "app_pages").glob("[a-z]*.py"))


def opened(page: str, **query: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    return open_tables(app.switch_page(f"app_pages/{page}.py").run())


def said(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in [*app.info, *app.warning, *app.caption, *app.markdown, *app.title])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_page_shows_a_full_warehouse(
    page: str, lang: str, full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    app = opened(page, lang=lang)
    assert not app.exception
    assert app.title[0].value == catalogue(lang)(f"page.{page}.title")
    assert len(app.main) > 3


@pytest.mark.parametrize("page", PAGES)
def test_page_shows_a_single_report(page: str, one_report_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(one_report_warehouse))
    app = opened(page)
    assert not app.exception
    assert app.title[0].value == catalogue("zh")(f"page.{page}.title")


@pytest.mark.parametrize(
    ("page", "part"),
    [(page, "") for page in PAGES]
    + [("quality", part) for part in ("rates", "worst", "missing")]
    + [("problems", part) for part in ("agencies", "words", "reuse")],
)
def test_page_shows_a_report_of_which_little_could_be_read(
    page: str, part: str, bare_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(bare_warehouse))
    app = opened(page, part=part) if part else opened(page)
    assert not app.exception
    assert app.title[0].value == catalogue("zh")(f"page.{page}.title")


@pytest.mark.parametrize("page", PAGES)
def test_page_says_what_to_do_with_an_empty_warehouse(
    page: str, empty_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(empty_warehouse))
    app = opened(page)
    assert not app.exception
    assert catalogue("zh")("empty.warehouse") in said(app)
    assert "nianbao load" in app.code[0].value


def test_page_says_what_to_do_before_the_first_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(tmp_path / "nothing"))
    app = opened("overview")
    assert not app.exception
    assert catalogue("zh")("empty.warehouse") in said(app)


@pytest.mark.parametrize("page", PAGES)
def test_page_says_what_to_do_when_the_filters_leave_nothing(
    page: str, full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    app = opened(page, agency="此名不存在")
    assert not app.exception
    assert catalogue("zh")("empty.filter") in said(app)


def test_unknown_values_of_the_address_are_refused_visibly(
    full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    app = opened("overview", year=["1066", "2023"], county="000000", lang="xx", metric="nonsense")
    assert not app.exception
    for value in ("year=1066", "county=000000", "lang=xx", "metric=nonsense"):
        assert value in said(app)
    assert app.multiselect(key="url_year").value == ["2023"]


def test_totals_are_the_sums_of_the_known_cells(full_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    app = opened("overview", year="2022")
    cells = questions.rows("cells", Selection(years=(2022,)))
    received = cells.query("table_no == 3 and row_key == 'received' and column_key == 'total' and state == 'number'")
    shown = next(each for each in app.metric if each.label.startswith("新收申请"))
    assert shown.value == f"{received['value'].sum():,.0f}"
    assert f"n={len(received)}" in said(app)


@pytest.mark.parametrize("metric", ["penalties", "disclosure_rate", "problem_count", "completeness", "publication_lag"])
def test_a_figure_opens_its_reports_with_or_without_cells(
    metric: str, full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    app = opened("overview", behind=f"totals:{metric}:all:2023:")
    assert not app.exception
    assert len(app.dataframe[0].value) == questions.summary(Selection(years=(2023,))).reports


def test_findings_of_a_report_name_their_cells(full_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    findings = questions.rows("findings", Selection())
    named = findings[findings["cells"].str.len() > 0].iloc[0]
    app = opened("reader", report=named["report_id"], lang="en")
    assert not app.exception
    shown = "".join(app.dataframe[0].value["Printed cells (place)"])
    assert "·" in shown
    assert "/" not in shown


def test_share_over_zero_is_a_dash_and_not_zero(full_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    frame = questions.metric_by(Selection(), ["disclosure_rate"], "agency")
    nothing = frame[frame["denominator"] == 0]
    assert nothing["value"].isna().all()


def test_page_of_the_shipped_sample_says_that_it_is_transcribed(
    full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    transcribed = questions.summary(Selection()).transcribed
    app = opened("overview")
    assert ("转写件" in said(app)) == (transcribed > 0)


def test_catalogues_have_the_same_keys_and_fields() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert list(zh) == list(en)
    for key in zh:
        assert sorted(_fields(zh(key))) == sorted(_fields(en(key))), key


def _fields(label: str) -> list[str]:
    return [part.split("}")[0] for part in label.split("{")[1:]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_data_page_shows_words_under_labels_and_keys_under_keys(
    lang: str, full_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))
    words = catalogue(lang)
    table, entries = (each.value for each in opened("download", lang=lang).dataframe)
    keys, dictionary = (each.value for each in opened("download", lang=lang, heads="key").dataframe)
    for name in ("kind", "region_level", "form"):
        assert [words(f"{name}.{key}") for key in keys[name]] == list(table[words(f"column.{name}")])
    assert list(dictionary["formula_en"]) == list(entries[words("dictionary.formula_en")])
    assert [words(f"unit.{unit}") for unit in dictionary["unit"]] == list(entries[words("dictionary.unit")])
    assert not [head for head in (*table.columns, *entries.columns) if "_" in head]


def test_a_report_without_figures_shows_no_axes_of_nothing(
    bare_warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(bare_warehouse))
    for page in ("applications", "review", "disclosure", "compare"):
        app = opened(page)
        assert not app.exception
        assert not app.get("plotly_chart"), page
        told = [each.value for each in app.info]
        assert catalogue("zh")("chart.all_zero") in told or catalogue("zh")("empty.chart") in told
