"""The problems page: its numbers are direct counts over the views, its sentences stand in their reports as printed."""

from __future__ import annotations

import html
import math
import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import charts_problems
from dashboard.components import problem_sentences
from dashboard.components.problem_sentences import click, clicked, marked
from dashboard.queries import problems
from dashboard.queries.problems import WEIGHT, Sought
from dashboard.queries.selection import Selection
from etl.warehouse.store import read_current
from etl.words import logodds
from tests import talking as reports_that_talk
from tests.tables import open_tables

APP = Path(__file__).resolve().parents[1] / "dashboard" / "app.py"


@pytest.fixture(scope="module")
def talking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of reports with problems, and its copy."""
    folder = reports_that_talk.warehouse(tmp_path_factory.mktemp("talking"))
    shutil.copytree(folder, _copy(folder))
    return folder


def _copy(folder: Path) -> Path:
    """The same warehouse under another name: a process opens one file in one way only, and the pages have theirs."""
    return folder.with_name(f"{folder.name}-copy")


@pytest.fixture(autouse=True)
def _shown(talking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(talking))


def _rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with read_current(_copy(folder)) as connection:
        return connection.execute(query).fetchall()


def _opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    return open_tables(app.switch_page("app_pages/problems.py").run())


@pytest.mark.parametrize("years", [(), (2021, 2022)])
def test_themes_are_direct_counts(talking: Path, years: tuple[int, ...]) -> None:
    reports = {r: y for r, y in _rows(talking, "select report_id, year from reports") if not years or y in years}
    asked = {r for (r,) in _rows(talking, "select report_id from sections where section_no = 5") if r in reports}
    naming: dict[str, set[str]] = defaultdict(set)
    for report, theme in _rows(talking, "select report_id, theme from problem_themes"):
        if report in asked:
            naming[theme].add(report)
    frame = problems.themes(Selection(years=years))
    assert {row.theme: row.reports for row in frame.itertuples()} == {
        theme: len(naming[theme]) for theme in problems.theme_names()
    }
    assert set(frame["of_reports"]) == {len(asked)}
    for row in problems.themes(Selection(years=years), "year").itertuples():
        of_year = {report for report in asked if reports[report] == int(row.group_key)}
        assert (row.reports, row.of_reports) == (len(naming[row.theme] & of_year), len(of_year))


def test_the_page_shows_these_counts(talking: Path) -> None:
    app = _opened()
    assert not app.exception
    table = app.dataframe[0].value
    shown = dict(zip(table["主题"], table["报告数"], strict=True))
    names = problems.theme_names()
    counted = dict(_rows(talking, "select theme, count(distinct report_id) from problem_themes group by theme"))
    assert shown == {row["label_zh"]: counted.get(key, 0) for key, row in names.items()}
    assert set(table["有第五部分的报告数"]) == {34}


def test_words_on_the_page_are_direct_counts(talking: Path) -> None:
    app = _opened(part="words")
    assert not app.exception
    words_table, phrases_table = app.dataframe[0].value, app.dataframe[1].value
    counted = dict(_rows(talking, "select term, count(*) from terms group by term"))
    assert dict(zip(words_table["词语"], words_table["报告数"], strict=True)) == counted
    by_phrase = dict(_rows(talking, "select phrase, count(distinct report_id) from phrases group by phrase"))
    shown = dict(zip(phrases_table["短语"], phrases_table["报告数"], strict=True))
    assert shown and shown.items() <= by_phrase.items()
    assert "公开渠道单一" in shown


@pytest.mark.parametrize("what", ["theme", "word", "phrase"])
def test_as_many_reports_open_as_the_number_says(what: str) -> None:
    everything = Selection()
    if what == "theme":
        counts = {row.theme: row.reports for row in problems.themes(everything).itertuples()}
    elif what == "phrase":
        counts = {row.phrase: row.reports for row in problems.phrases(everything).itertuples()}
    else:
        counts = {row.term: row.reports for row in problems.special(Selection(years=(2021,))).itertuples()}
        everything = Selection(years=(2021,))
    assert counts
    for key, reports in counts.items():
        found = problems.statements(everything, Sought(what, str(key)))
        assert found["report_id"].nunique() == reports, key


def test_a_group_opens_only_its_own() -> None:
    for row in problems.themes(Selection(), "county").itertuples():
        found = problems.statements(Selection(), Sought("theme", str(row.theme), "county", str(row.group_key)))
        assert len(found) == row.statements
    for row in problems.agencies(Selection(), "timeliness").itertuples():
        found = problems.statements(Selection(), Sought("theme", "timeliness", "agency", str(row.agency_key)))
        assert set(found["agency"]) == {row.agency} and len(found) == row.statements


def test_every_sentence_stands_in_its_report_as_printed(talking: Path) -> None:
    text_of = dict(_rows(talking, "select report_id, text from sections where section_no = 5"))
    for theme in problems.theme_names():
        for row in problems.statements(Selection(), Sought("theme", theme)).itertuples():
            assert row.text in text_of[row.report_id]
    app = _opened(behind="themes:" + click(Sought("theme", "shallow_content")))
    sentences = [each.proto.body for each in app.get("html") if each.proto.body.startswith("<p ")]
    assert sentences
    for sentence in sentences:
        plain = html.unescape(re.sub(r"</?(?:p|mark)[^>]*>", "", sentence))
        assert any(plain in text for text in text_of.values())
        assert "<mark>" in sentence


def test_streaks_are_runs_of_consecutive_years(talking: Path) -> None:
    named = _rows(
        talking,
        "select distinct r.agency, t.theme, r.year from reports r join problem_themes t using (report_id)",
    )
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for agency, theme, year in named:
        years[agency, theme].add(year)
    runs = {(a, t, y) for (a, t), of in years.items() for y in of if y - 1 not in of and y + 1 in of}
    frame = problems.streaks(Selection())
    assert {(row.agency, row.theme, row.first_year) for row in frame.itertuples()} == runs
    for row in frame.itertuples():
        span = set(range(row.first_year, row.last_year + 1))
        assert span <= years[row.agency, row.theme] and len(span) == row.years


def test_promises_are_those_of_the_year_before(talking: Path) -> None:
    reports = {(a, y): r for r, a, y in _rows(talking, "select report_id, agency, year from reports")}
    themes_of: dict[str, dict[str, set[str]]] = {"problem": defaultdict(set), "remedy": defaultdict(set)}
    for what, found in themes_of.items():
        for report, theme in _rows(talking, f"select report_id, theme from {what}_themes"):
            found[report].add(theme)
    made: dict[str, list[bool]] = defaultdict(list)
    for (agency, year), report in reports.items():
        for theme in themes_of["remedy"][reports.get((agency, year - 1), "")]:
            made[theme].append(theme in themes_of["problem"][report])
    expected = {theme: (len(kept), sum(kept)) for theme, kept in made.items()}
    assert {row.theme: (row.promised, row.again) for row in problems.promises(Selection()).itertuples()} == expected


def test_special_words_are_the_log_odds(talking: Path) -> None:
    picked = {r for (r,) in _rows(talking, "select report_id from reports where year = 2022")}
    here: dict[str, int] = defaultdict(int)
    rest: dict[str, int] = defaultdict(int)
    for report, term in _rows(talking, "select report_id, term from terms"):
        (here if report in picked else rest)[term] += 1
    frame = problems.special(Selection(years=(2022,)))
    assert WEIGHT == logodds.WEIGHT
    assert {row.term: row.z for row in frame.itertuples()} == pytest.approx(logodds.log_odds(here, rest))
    assert problems.special(Selection()).empty


def test_unthemed_statements_are_counted(talking: Path) -> None:
    every, silent = problems.unthemed(Selection())
    found = problems.statements(Selection(), Sought("unthemed"))
    assert every == _rows(talking, "select count(*) from problems")[0][0]
    assert silent == len(found) > 0
    assert set(found["text"]) == {"档案整理有疏漏"}
    frame = problems.unthemed_words(Selection())
    assert set(frame["statements"]) == {silent}


@pytest.mark.parametrize("part", ["themes", "agencies", "words", "reuse"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_opens(part: str, lang: str) -> None:
    app = _opened(part=part, lang=lang, theme="narrow_channels", county="990121")
    assert not app.exception
    assert len(app.subheader) >= 4


@pytest.mark.parametrize(
    "sought",
    [
        Sought("theme", "timeliness", "county", "990121", 2022),
        Sought("word", "a:b：c"),
        Sought("phrase", "公开渠道单一", "agency", "示例 990121"),
        Sought("unthemed"),
    ],
)
def test_a_click_reads_back(sought: Sought) -> None:
    assert clicked(click(sought)) == sought


@pytest.mark.parametrize(
    "text", ["", "x", "theme-statements:all", "other:all:2020:g:k", "theme-statements:all:20x:g:k"]
)
def test_a_wrong_click_is_none(text: str) -> None:
    assert clicked(text) is None


def test_marks_change_nothing_but_marks() -> None:
    text = "更新不及时 <b>&不及时"
    shown = marked(text, ["及时", "不及时"])
    assert shown == "更新<mark>不及时</mark> &lt;b&gt;&amp;<mark>不及时</mark>"
    assert html.unescape(re.sub("</?mark>", "", shown)) == text
    assert marked(text, []) == html.escape(text)
    assert marked("更新不\n及时", ["不及时"]) == "更新<mark>不\n及时</mark>"


def test_reuse_is_what_the_warehouse_holds(talking: Path) -> None:
    stored = _rows(talking, "select report_id, kind, other_id, similarity from text_reuse")
    frame = problems.reuse(Selection())
    shown = [(row.report_id, row.kind, row.other_id, row.similarity) for row in frame.itertuples()]
    assert sorted(shown) == sorted(stored) != []
    app = _opened(part="reuse")
    assert not app.exception
    tables = [table.value for table in app.dataframe]
    assert [int(table["报告数"].sum()) for table in (tables[0], tables[2])] == [
        sum(kind == wanted for _, kind, _, _ in stored) for wanted in ("last_year", "same_year")
    ]


def test_side_by_side_shows_both_texts_as_printed(talking: Path) -> None:
    row = problems.reuse(Selection()).iloc[0]
    app = _opened(part="reuse", pair=f"{row['kind']}:{row['report_id']}")
    bodies = [each.proto.body for each in app.get("html") if "pre-wrap" in each.proto.body]
    plain = [html.unescape(re.sub(r"</?(?:div|mark)[^>]*>", "", body)) for body in bodies]
    query = "select report_id, string_agg(text, chr(10) order by section_no) from sections group by report_id"
    texts = dict(_rows(talking, query))
    assert plain == [texts[row["report_id"]], texts[row["other_id"]]]
    assert all("<mark>" in body for body in bodies)


def test_weak_fields_are_grey_and_every_field_opens() -> None:
    frame = pd.DataFrame(
        {
            "series": ["甲", "甲", "乙"],
            "x": ["2022", "2023", "2023"],
            "y": [0.5, 0.2, 1.0],
            "weak": [False, True, False],
            "shown": ["20/40", "2/10", "30/30"],
            "text": ["a", "b", "c"],
            "click": ["1", "2", "3"],
        }
    )
    strong, weak, points = charts_problems.heat(frame, ["2022", "2023"], "占比").data
    assert strong.z == ([0.5, None], [None, 1.0])
    assert weak.z == ([None, 0.2], [None, None]) and not weak.showscale
    assert (strong.text, weak.text) == ((["20/40", ""], ["", "30/30"]), (["", "2/10"], ["", ""]))
    assert points.customdata == ("1", "2", "3")


def test_the_map_of_words_is_the_same_every_time_and_keeps_neighbours_near() -> None:
    nodes = pd.DataFrame({"word": list("甲乙丙丁"), "size": 1.0, "text": "", "click": ""})
    links = pd.DataFrame({"one": [0, 2], "other": [1, 3], "weight": [1.0, 1.0]})
    first, second = (charts_problems.network(nodes, links).data[-1] for _ in range(2))
    assert (first.x, first.y) == (second.x, second.y)
    places = list(zip(first.x, first.y, strict=True))
    assert math.dist(places[0], places[1]) < min(math.dist(places[0], places[other]) for other in (2, 3))
    assert all(0 <= value <= 1 for place in places for value in place)


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA])
def test_a_sentence_without_a_theme_has_no_words_to_mark(nothing: object) -> None:
    assert problem_sentences._words("没有主题的句子。", nothing, Sought("unthemed")) == []
