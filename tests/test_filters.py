"""The filters: from a URL to a selection and back, and what a selection leaves of a warehouse."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.view import distinct
from dashboard.queries import questions
from dashboard.queries.choices import Place, known
from dashboard.queries.selection import UNASSIGNED, Choices, Selection, parse

CHOICES = Choices(
    year=["2022", "2023"],
    province=["990000"],
    city=["990100"],
    county=["990121", "990122", UNASSIGNED],
    kind=["county", "township"],
)


@pytest.fixture(autouse=True)
def warehouse(full_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))


def test_every_filter_survives_the_way_through_the_url() -> None:
    asked = {
        "year": ["2022", "2023"],
        "province": ["990000"],
        "city": ["990100"],
        "county": ["990121", UNASSIGNED],
        "kind": ["township"],
        "agency": ["示例镇"],
        "same": ["1"],
    }
    parsed = parse(asked, CHOICES)
    assert parsed.refused == ()
    assert parsed.selection.query() == asked


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "1999"),
        ("year", "二〇二三"),
        ("county", "东示例县"),
        ("kind", "village"),
        ("same", "yes"),
        ("city", ""),
    ],
)
def test_unknown_value_is_refused_and_does_not_filter(name: str, value: str) -> None:
    parsed = parse({name: [value]}, CHOICES)
    assert parsed.refused == ((name, value),)
    assert parsed.selection.is_open


def test_second_value_of_a_single_filter_is_refused() -> None:
    parsed = parse({"agency": ["甲", "乙"]}, CHOICES)
    assert parsed.selection.agency == "甲"
    assert parsed.refused == (("agency", "乙"),)


def test_repeated_value_counts_once() -> None:
    assert parse({"year": ["2023", "2023"]}, CHOICES).selection.years == (2023,)


def test_places_nest_and_carry_codes() -> None:
    found = known()
    assert {place.code for place in found.counties} == {"990121", "990122"}
    assert Place("990121", "东示例县", ("990100", "990000"), ("示例市", "示例省")) in found.counties
    assert found.unassigned


def test_filters_leave_what_they_say() -> None:
    frame = questions.reports(Selection(years=(2023,), counties=("990121",)))
    assert len(frame) > 0
    assert set(frame["year"]) == {2023}
    assert set(frame["county_code"]) == {"990121"}


def test_unassigned_reports_are_those_without_a_sure_county() -> None:
    frame = questions.reports(Selection(counties=(UNASSIGNED,)))
    assert len(frame) > 0
    assert set(frame["region_level"]) <= {"ambiguous", "none"}


def test_same_agencies_have_a_report_in_every_selected_year() -> None:
    everything = questions.reports(Selection())
    kept = questions.reports(Selection(same=True))
    years = set(everything["year"])
    for agency, rows in everything.groupby("agency"):
        assert (agency in set(kept["agency"])) == (set(rows["year"]) == years), agency


def test_part_of_a_name_is_taken_as_it_is() -> None:
    assert questions.reports(Selection(agency="%")).empty
    assert set(questions.reports(Selection(agency="局"))["agency"].str.contains("局")) == {True}


def test_a_new_load_is_seen_without_a_restart(
    one_report_warehouse: Path, full_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (one_report_warehouse, full_warehouse):
        name = (folder / "current").read_text(encoding="utf-8").strip()
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    pointer = tmp_path / "current"
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(tmp_path))
    pointer.write_text((one_report_warehouse / "current").read_text(encoding="utf-8"), encoding="utf-8")
    assert questions.summary(Selection()).reports == 1
    pointer.write_text((full_warehouse / "current").read_text(encoding="utf-8"), encoding="utf-8")
    assert questions.summary(Selection()).reports > 1


def _settled() -> None:
    import streamlit as st  # noqa: PLC0415  # the function is run as a script of its own

    from dashboard.components import url  # noqa: PLC0415

    url.settle()
    st.json(url.query())


@pytest.mark.parametrize(
    ("age", "noted", "left"),
    [
        (2.0, [{"at": ["2021"]}, {"agency": ["局"]}], {"agency": ["局"]}),
        (2.0, [{"at": ["2021"]}], {"at": ["2021"]}),
        (-5.0, [{"at": ["2021"]}], {}),
        (2.0, [{"at": ["2020"]}, {"agency": ["局"]}], {"at": ["2020"], "agency": ["局"]}),
        (60.0, [{"at": ["2021"]}, {"agency": ["局"]}], {"at": ["2021"], "agency": ["局"]}),
    ],
)
def test_echo_of_a_value_that_the_page_took_away_is_no_action(
    age: float, noted: list[dict[str, list[str]]], left: dict[str, list[str]]
) -> None:
    app = AppTest.from_function(_settled)
    app.session_state["url_was_at"] = (["2021"], time.monotonic() - age)
    app.session_state["url_pending"] = noted
    app.run()
    assert json.loads(app.json[0].value) == left


def test_reports_with_broken_sums_can_be_left_out() -> None:
    chosen = parse({"sound": ["1"]}, Choices()).selection
    assert chosen.sound and chosen.query() == {"sound": ["1"]}
    assert parse({"sound": ["maybe"]}, Choices()).refused == (("sound", "maybe"),)


def test_places_of_one_name_are_told_apart() -> None:
    def place(code: str, name: str, *above: str) -> Place:
        return Place(code, name, (), above)

    places = (
        place("990101", "甲示例县", "一市", "东省"),
        place("990201", "乙示例县", "一市", "东省"),
        place("990202", "乙示例县", "二市", "东省"),
        place("980101", "丙示例县", "一市", "西省"),
        place("990103", "丙示例县", "一市", "东省"),
        place("980104", "丁示例县", "一市", "西省"),
        place("980105", "丁示例县", "一市", "西省"),
    )
    assert list(distinct(places).values()) == [
        "甲示例县",
        "乙示例县（一市）",
        "乙示例县（二市）",
        "丙示例县（西省一市）",
        "丙示例县（东省一市）",
        "丁示例县（980104）",
        "丁示例县（980105）",
    ]
