"""The numbers of the pages a second way: from the printed cells, in plain Python."""

from __future__ import annotations

from collections import defaultdict
from math import isnan
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from dashboard.components import points
from dashboard.queries import door, questions
from dashboard.queries.questions import Behind
from dashboard.queries.selection import Selection

Report = dict[str, float | None]


@pytest.fixture(autouse=True)
def warehouse(full_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(full_warehouse))


def printed() -> dict[tuple[str, int, str], Report]:
    """Cells by (report, year, county code) and key; None unless a number is printed."""
    places = {row["report_id"]: row for row in questions.reports(Selection()).to_dict("records")}
    found: dict[tuple[str, int, str], Report] = defaultdict(dict)
    for row in questions.rows("cells", Selection()).to_dict("records"):
        code = places[row["report_id"]]["county_code"]
        key = f"{row['table_no']}/{row['row_key']}/{row['column_key']}"
        value = float(row["value"]) if row["state"] == "number" else None
        found[row["report_id"], row["year"], code if isinstance(code, str) else ""][key] = value
    return found


def asked(metric: str, by: str = "all") -> dict[tuple[int, str], dict[str, Any]]:
    rows = questions.metric_by(Selection(), [metric], by).to_dict("records")
    return {(int(row["year"]), str(row["group_key"])): row for row in rows}


@pytest.mark.parametrize(
    ("metric", "key"),
    [
        ("applications_received", "3/received/total"),
        ("penalties", "2/penalties/decisions"),
        ("licences", "2/licensing/decisions"),
        ("normative_issued", "2/normative_documents/issued"),
    ],
)
def test_yearly_total_is_the_sum_of_the_known_cells_and_says_how_many(metric: str, key: str) -> None:
    by_year: dict[int, list[float]] = defaultdict(list)
    for (_, year, _), cells in printed().items():
        value = cells.get(key)
        by_year[year] += [] if value is None else [value]
    for (year, _), row in asked(metric).items():
        assert row["n"] == len(by_year[year])
        if by_year[year]:
            assert row["value"] == pytest.approx(sum(by_year[year]))
        else:
            assert row["value"] != row["value"]


def test_share_of_a_county_is_sum_over_sum_of_reports_with_both_known() -> None:
    pairs: dict[tuple[int, str], list[tuple[float, float]]] = defaultdict(list)
    for (_, year, county), cells in printed().items():
        operands = [cells.get(f"3/{row}/total") for row in ("granted", "partly_granted", "concluded")]
        known = [value for value in operands if value is not None]
        if county and len(known) == len(operands):
            pairs[year, county].append((known[0] + known[1], known[2]))
    rows = asked("disclosure_rate", "county")
    assert len(pairs) > 5
    for group, found in pairs.items():
        numerator, denominator = (sum(each) for each in zip(*found, strict=True))
        assert rows[group]["n"] == len(found)
        assert (rows[group]["numerator"], rows[group]["denominator"]) == (numerator, denominator)
        if denominator:
            assert rows[group]["value"] == pytest.approx(numerator / denominator)
        else:
            assert rows[group]["value"] != rows[group]["value"]


def test_zero_over_zero_is_null_and_not_zero() -> None:
    rows = questions.metric_by(Selection(), ["disclosure_rate", "reconsideration_correction_rate"], "agency")
    nothing = rows[rows["denominator"] == 0]
    assert len(nothing) > 0
    assert nothing["value"].isna().all()


def test_difference_of_two_shares_is_taken_between_group_shares() -> None:
    metrics = ("disclosure_gap_person_org", "natural_person_disclosure_rate", "organisation_disclosure_rate")
    gap, person, organisation = (asked(metric) for metric in metrics)
    known = [group for group in gap if gap[group]["value"] == gap[group]["value"]]
    assert known
    for group in known:
        assert gap[group]["value"] == pytest.approx(person[group]["value"] - organisation[group]["value"])


def test_change_is_taken_over_the_agencies_known_in_both_years() -> None:
    agency = {row["report_id"]: row["agency"] for row in questions.reports(Selection()).to_dict("records")}
    values: dict[int, dict[str, float]] = defaultdict(dict)
    for (report, year, county), cells in printed().items():
        value = cells.get("3/received/total")
        if value is not None:
            values[year][agency[report] + county] = value
    both = values[2022].keys() & values[2023].keys()
    row = questions.same_agencies(Selection(), ["applications_received"], 2023).iloc[0]
    assert row["agencies"] == len(both) > 0
    assert row["now"] == sum(values[2023][name] for name in both)
    assert row["before"] == sum(values[2022][name] for name in both)


def test_outcome_counts_only_reports_that_give_every_cell_of_it() -> None:
    sums: dict[int, list[float]] = defaultdict(list)
    for (_, year, _), cells in printed().items():
        group = [value for key, value in cells.items() if key.startswith("3/refused_") and key.endswith("/total")]
        known = [value for value in group if value is not None]
        if group and len(known) == len(group):
            sums[year].append(sum(known))
    rows = questions.outcomes(Selection())
    for row in rows[rows["outcome"] == "refused"].to_dict("records"):
        assert (row["value"], row["n"]) == (sum(sums[row["year"]]), len(sums[row["year"]]))


def test_reports_behind_a_bar_add_up_to_it_and_show_the_printed_cells() -> None:
    rows = asked("applications_received", "county")
    found = questions.behind(Selection(), Behind("applications_received", "county", "990121", 2023))
    assert found["value"].sum() == rows[2023, "990121"]["value"]
    assert {tuple(keys) for keys in found["keys"]} == {("3/received/total",)}
    assert all(place[0] for place in found["places"])


def test_coverage_counts_reports_and_the_agencies_known() -> None:
    reports = questions.reports(Selection())
    rows = questions.coverage(Selection())
    assert rows["reports"].sum() == len(reports)
    county = rows[(rows["group_key"] == "990121") & (rows["year"] == 2023)].iloc[0]
    known = reports[reports["county_code"] == "990121"]
    assert county["agencies"] == known["agency"].nunique()
    assert county["reports"] == (known["year"] == 2023).sum()


def test_percentile_is_the_share_of_agencies_below() -> None:
    rows = questions.spread(Selection(), "penalties", "township", 2023)
    values = sorted(rows["value"])
    for row in rows.to_dict("records"):
        below = sum(value < row["value"] for value in values)
        assert row["percentile"] == pytest.approx(100 * below / (len(values) - 1) if len(values) > 1 else 0)


def test_robust_z_is_the_distance_from_the_median_in_median_distances() -> None:
    rows = questions.spread(Selection(), "penalties", "township", 2023)
    middle = median(rows["value"])
    away = median(abs(value - middle) for value in rows["value"])
    assert away > 0
    for row in rows.to_dict("records"):
        assert row["robust_z"] == pytest.approx(0.6745 * (row["value"] - middle) / away)


def test_shares_of_few_have_no_place_among_the_others() -> None:
    for kind in ("county", "township", "county_dept"):
        rows = questions.spread(Selection(), "reconsideration_correction_rate", kind, 2023)
        assert (rows["denominator"] >= 30).all()


def test_days_of_a_group_are_the_median_and_never_the_sum() -> None:
    lags = [
        row for row in questions.rows("metrics", Selection()).to_dict("records") if row["metric"] == "publication_lag"
    ]
    for (year, _), row in asked("publication_lag").items():
        days = [lag["value"] for lag in lags if lag["year"] == year and lag["value"] == lag["value"]]
        assert row["n"] == len(days) > 1
        assert row["value"] == median(days)


def test_a_share_of_one_report_is_shown_for_its_agency_and_never_added_up() -> None:
    rows = {
        (row["agency"], row["year"]): row
        for row in questions.rows("metrics", Selection()).to_dict("records")
        if row["metric"] == "penalty_share"
    }
    agencies = questions.metric_by(Selection(years=(2023,)), ["penalty_share"], "agency")
    ranked = questions.metric_in(Selection(), "penalty_share", "agency", 2023)
    for frame in (agencies, ranked):
        shown = frame.dropna(subset=["value"])
        assert len(shown) > 2
        for row in shown.to_dict("records"):
            assert row["value"] == pytest.approx(rows[row["agency"], 2023]["value"])
    for by in ("all", "county"):
        assert questions.metric_by(Selection(), ["penalty_share"], by)["value"].isna().all()


def test_a_difference_of_shares_of_few_has_no_rank(monkeypatch: pytest.MonkeyPatch) -> None:
    metric = "disclosure_gap_person_org"
    person, organisation = (
        {group: row["denominator"] for group, row in asked(f"{who}_disclosure_rate", "agency").items()}
        for who in ("natural_person", "organisation")
    )
    listed = questions.metric_in(Selection(), metric, "agency", 2023)
    rows = [*listed.to_dict("records"), *asked(metric, "agency").values()]
    assert len(rows) > len(listed) > 3
    for row in rows:
        group = int(row["year"]), str(row["group_key"])
        parts = [part for part in (person[group], organisation[group]) if not isnan(part)]
        assert isnan(row["denominator"]) if not parts else row["denominator"] == min(parts)
    few = listed.assign(y=listed["value"], denominator=[29.0, *listed["denominator"][1:]])
    assert list(points.ranked(few)["weak"]) == [False] * (len(listed.dropna(subset=["value"])) - 1) + [True]
    largest = max(listed["denominator"])
    monkeypatch.setattr(questions, "ENOUGH", largest)
    strong = listed[listed["denominator"] >= largest]["group_key"]
    assert list(questions.metric_in(Selection(), metric, "agency", 2023)["group_key"])[: len(strong)] == list(strong)
    kinds = {row["agency"]: row["kind"] for row in questions.reports(Selection()).to_dict("records")}
    for kind in set(kinds.values()):
        assert (questions.spread(Selection(), metric, kind, 2023)["denominator"] >= largest).all()


def test_a_search_gives_the_newest_sections_that_hold_the_words_and_says_how_many() -> None:
    whole = door.ask("search", Selection(), words="示例正文", most=1000)
    assert len(whole) > 3 and set(whole["listed_of"]) == {len(whole)}
    assert whole["text"].str.contains("示例正文", regex=False).all() and whole["year"].is_monotonic_decreasing
    short = door.ask("search", Selection(), words="示例正文", most=2)
    assert list(short["text"]) == list(whole["text"].head(2)) and set(short["listed_of"]) == {len(whole)}
    assert questions.search(Selection(years=(1999,)), "示例正文").empty
