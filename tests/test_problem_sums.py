"""Sums over problem statements, made at load, answer as the statements themselves do, whatever the filters leave."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from dashboard.queries import door, problems, questions
from dashboard.queries.problems import Sought
from dashboard.queries.selection import UNASSIGNED, Selection
from etl.paths import SQL
from etl.sample.warehouse import write_warehouse
from etl.warehouse.cohorts import store_cohorts
from etl.warehouse.store import connect, current_file
from tests import talking

PROVINCE, CITY, COUNTY = "830000", "830100", "830101"
SELECTIONS = (
    Selection(),
    Selection(years=(2020, 2021, 2023)),
    Selection(provinces=(PROVINCE,), kinds=("township", "county")),
    Selection(kinds=("township",), sound=True),
    Selection(years=(1999,)),
)
PLACES = (Selection(cities=(CITY,), sound=True), Selection(counties=(COUNTY, UNASSIGNED)))
MANY = 100_000


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of 200 agencies; in 2022 those of one place change their kind, and others have broken sums."""
    folder = tmp_path_factory.mktemp("made-up")
    write_warehouse(folder, 200, (2019, 2023), seed=3)
    tables = ("schema_cohorts", "schema_problems")
    with connect(current_file(folder), read_only=False) as connection:
        connection.execute(
            "update base.fact set kind = 'other' where kind = 'township' and year = 2022 and agency_no % 2 = 0;"
            "update base.fact set arithmetic_errors = if(agency_no % 3 = 0, 1, arithmetic_errors) where year = 2021"
        )
        statements = "".join((SQL / f"{name}.sql").read_text(encoding="utf-8") for name in tables)
        views = "".join(path.read_text(encoding="utf-8") for path in sorted((SQL / "views").glob("*.sql")))
        for view in [line.split()[2] for line in views.splitlines() if line.startswith("create view")]:
            connection.execute(f"drop view {view}")
        for table in [line.split()[2] for line in statements.splitlines() if line.startswith("create table")]:
            connection.execute(f"drop table {table}")
        connection.execute(statements)
        store_cohorts(connection)
        connection.execute(views)
    return folder


@pytest.fixture
def shown(made_up: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(made_up))
    return made_up


def _agree(name: str, start: str, selection: Selection, **values: object) -> int:
    direct, summed = (door.ask_afresh(one, selection, **values) for one in (name, f"{start}_{name}"))
    named = ["agency", "county"]
    pd.testing.assert_frame_equal(
        *(frame.drop(columns=named, errors="ignore") for frame in (direct, summed)), rtol=1e-12
    )
    return len(direct)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("selection", (*SELECTIONS, *PLACES))
def test_themes_promises_and_runs(selection: Selection) -> None:
    some = selection.years != (1999,)
    for by in ("all", "year", "county"):
        assert (_agree("problems_themes", "cohort", selection, by=by) > 10) == some
    assert _agree("problems_unthemed", "cohort", selection) == 1
    assert (_agree("problems_promises", "cohort", selection) > 3) == some
    runs = _agree("problems_streaks", "cohort", selection, most=MANY)
    assert (runs > 0) == some
    assert _agree("problems_streaks", "cohort", selection, most=3) == min(runs, 3)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("selection", SELECTIONS)
def test_words_and_phrases(selection: Selection) -> None:
    some = selection.years != (1999,)
    assert (_agree("terms", "wide", selection) > 20) == some
    for term in questions.terms(Selection())["term"].head(3):
        assert (_agree("term_by_year", "wide", selection, term=term) > 1) == some
    assert (_agree("problems_phrases", "wide", selection) > 20) == some
    assert (_agree("problems_unthemed_words", "wide", selection) > 0) == some
    assert (_agree("problems_special", "wide", selection, weight=100.0) > 20) == (some and not selection.is_open)
    assert (_agree("problems_pairs", "wide", selection, words=10) > 20) == some


@pytest.mark.usefixtures("shown")
def test_an_agency_whose_kind_changed_keeps_its_run_where_no_kind_is_chosen() -> None:
    every, towns = (
        door.ask("cohort_problems_streaks", selection, most=MANY)
        for selection in (Selection(), Selection(kinds=("township",)))
    )
    keys = ["agency_key", "theme", "first_year"]
    parted = every.merge(towns, on=keys, suffixes=("", "_of_town"))
    assert (parted["years"] > parted["years_of_town"]).any()
    assert set(towns["last_year"]) > {2021} and not ((towns["first_year"] < 2022) & (towns["last_year"] > 2022)).all()


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("selection", [Selection(counties=(COUNTY,)), Selection(agency="镇"), Selection(same=True)])
def test_what_sums_cannot_tell_is_asked_of_the_reports(selection: Selection) -> None:
    assert not selection.takes_whole_provinces
    here = set(door.ask("reports", selection)["report_id"])
    everything = door.ask("terms", Selection())
    some = questions.terms(selection)
    assert 0 < some["of_reports"].iloc[0] <= len(here) < everything["of_reports"].iloc[0] or selection.same
    assert len(problems.special(selection)) or selection.same
    assert len(problems.phrases(selection)) and len(problems.pairs(selection, 10))


def test_pairs_of_words_are_asked_of_the_reports_when_one_of_them_was_not_paired(
    made_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(made_up, tmp_path / "copy")
    with connect(current_file(tmp_path / "copy"), read_only=False) as connection:
        [(word,)] = connection.execute(
            "select term from wide_terms group by term order by sum(reports) desc limit 1"
        ).fetchall()
        connection.execute("delete from base.wide_pair where one = $word or other = $word", {"word": word})
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(tmp_path / "copy"))
    pairs = problems.pairs(Selection(), 10)
    assert word in {*pairs["one"], *pairs["other"]}
    pd.testing.assert_frame_equal(pairs, door.ask("problems_pairs", Selection(), words=10))


@pytest.mark.usefixtures("shown")
def test_short_lists_say_how_many_there_are() -> None:
    whole, short = (door.ask("problems_agencies", Selection(), theme=_theme(), most=most) for most in (MANY, 4))
    pd.testing.assert_frame_equal(short, whole.head(4))
    assert set(short["listed_of"]) == {len(whole)} and len(whole) > 20
    runs = door.ask("cohort_problems_streaks", Selection(), most=2)
    assert set(runs["listed_of"]) == {len(door.ask("cohort_problems_streaks", Selection(), most=MANY))}


def _theme() -> str:
    return str(problems.themes(Selection())["theme"].iloc[0])


def test_the_sums_of_read_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = talking.warehouse(tmp_path)
    shutil.copytree(folder, tmp_path / "copy")
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(tmp_path / "copy"))
    assert _agree("problems_themes", "cohort", Selection(), by="year") > 10
    assert _agree("problems_streaks", "cohort", Selection(), most=MANY) > 0
    for name in ("terms", "problems_phrases", "problems_unthemed_words"):
        assert _agree(name, "wide", Selection()) > 2


@pytest.mark.usefixtures("shown")
def test_a_short_list_of_statements_is_the_head_of_the_whole() -> None:
    word = str(questions.terms(Selection())["term"].iloc[0])
    for sought in (Sought("theme", _theme()), Sought("word", word), Sought("unthemed")):
        whole = problems.every_statement(Selection(), sought)
        values = {"what": sought.what, "key": sought.key, "by": "all", "group_key": "", "year": None}
        short = door.ask("problems_behind", Selection(), **values, most=5)
        pd.testing.assert_frame_equal(short, whole.head(5))
        assert set(short["listed_of"]) == {len(whole)} and len(whole) > 20
