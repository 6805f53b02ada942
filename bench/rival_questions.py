"""What the pages ask of the whole country and of one place, in SQL that DuckDB and SQLite both read, and in pandas.

Each is a question of a page: of the overview, of the applications page, of the reader; the last four are those that an
index answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.queries import questions
from dashboard.queries.selection import Selection

Ask = Callable[[], Any]
YEAR = 2023
EVERY = Selection()
MAIN = ("applications_received", "penalties", "licences", "normative_issued")
_COLUMNS = (
    "c3_received_total",
    "c2_penalties_decisions",
    "c2_licensing_decisions",
    "c2_normative_documents_issued",
)
_GRANTED, _CONCLUDED = "c3_granted_total", "c3_concluded_total"
_PLACE = "830101"


@dataclass(frozen=True, slots=True)
class Question:
    """The same question in SQL and in pandas, and as the dashboard asks it where it has answers made beforehand."""

    name: str
    sql: str
    frame: Callable[[pd.DataFrame], Any]
    page: Ask | None = None


def _sums(columns: Sequence[str]) -> str:
    return ", ".join(f"sum({name}), count({name})" for name in columns)


def _totals(columns: Sequence[str]) -> Callable[[pd.DataFrame], Any]:
    return lambda frame: frame.groupby("year")[list(columns)].agg(["sum", "count"])


def _same(frame: pd.DataFrame) -> Any:
    now, before = (frame[frame["year"] == year].set_index("agency_key")[list(_COLUMNS)] for year in (YEAR, YEAR - 1))
    both = now.join(before, how="inner", suffixes=("", "_before"))
    return both.sum()


def _coverage(frame: pd.DataFrame) -> Any:
    known = frame.groupby("county_code")["agency_key"].nunique()
    return frame.groupby(["county_code", "year"]).size(), known


def country(totals: Sequence[str], applicants: Sequence[str]) -> tuple[Question, ...]:
    """Questions over every report; `totals` are the columns of what became of applications."""
    return (*_overview(), *_places(), *_applications(totals, applicants))


def _overview() -> tuple[Question, ...]:
    pairs = ", ".join(f"sum(a.{name}), sum(b.{name})" for name in _COLUMNS)
    return (
        Question(
            "how many reports, agencies, years, counties",
            "select count(*), count(distinct agency_key), count(distinct year), count(distinct county_code) from facts",
            lambda frame: frame[["agency_key", "year", "county_code"]].nunique(),
            lambda: questions.summary(EVERY),
        ),
        Question(
            "totals by year of four metrics",
            f"select year, {_sums(_COLUMNS)} from facts group by year",
            _totals(_COLUMNS),
            lambda: questions.metric_by(EVERY, MAIN),
        ),
        Question(
            "change of four metrics among the same agencies",
            f"select count(*), {pairs} from facts a join facts b on b.agency_key = a.agency_key and b.year = a.year - 1"
            f" where a.year = {YEAR}",
            _same,
            lambda: questions.same_agencies(EVERY, MAIN, YEAR),
        ),
    )


def _places() -> tuple[Question, ...]:
    return (
        Question(
            "counties of a year by a metric",
            f"select county_code, sum({_COLUMNS[0]}) as n, count({_COLUMNS[0]}) from facts where year = {YEAR}"
            " group by county_code order by n desc",
            lambda frame: frame[frame["year"] == YEAR].groupby("county_code")[_COLUMNS[0]].agg(["sum", "count"]),
            lambda: questions.metric_in(EVERY, MAIN[0], "county", YEAR),
        ),
        Question(
            "coverage: counties and years",
            "select r.county_code, r.year, r.n, k.n from (select county_code, year, count(*) as n from facts"
            " group by county_code, year) r join (select county_code, count(distinct agency_key) as n from facts"
            " group by county_code) k on k.county_code = r.county_code",
            _coverage,
            lambda: questions.coverage(EVERY),
        ),
    )


def _applications(totals: Sequence[str], applicants: Sequence[str]) -> tuple[Question, ...]:
    return (
        Question(
            "outcomes of applications by year",
            f"select year, {_sums(totals)} from facts group by year",
            _totals(totals),
            lambda: questions.outcomes(EVERY),
        ),
        Question(
            "applicants by year",
            f"select year, {_sums(applicants)} from facts group by year",
            _totals(applicants),
            lambda: questions.cells_by_year(EVERY, [f"3/received/{name.split('_', 2)[2]}" for name in applicants]),
        ),
        Question(
            "a rate by county in a year",
            f"select county_code, sum({_GRANTED}), sum({_CONCLUDED}) from facts where year = {YEAR}"
            f" and {_GRANTED} is not null and {_CONCLUDED} is not null group by county_code",
            lambda frame: frame[frame["year"] == YEAR].groupby("county_code")[[_GRANTED, _CONCLUDED]].sum(),
            lambda: questions.metric_in(EVERY, "full_disclosure_rate", "county", YEAR),
        ),
        Question(
            "reports by form and year",
            "select form, year, count(*) from facts group by form, year",
            lambda frame: frame.groupby(["form", "year"], observed=True).size(),
            lambda: questions.forms_by_year(EVERY),
        ),
    )


def one_place() -> tuple[Question, ...]:
    """Questions about one county or report."""
    sums = ", ".join(f"sum({name})" for name in _COLUMNS)
    here = Selection(counties=(_PLACE,))
    return (
        Question(
            "one county: totals by year of four metrics",
            f"select year, {sums} from facts where county_code = '{_PLACE}' group by year",
            lambda frame: frame[frame["county_code"] == _PLACE].groupby("year")[list(_COLUMNS)].sum(),
            lambda: questions.metric_by(here, MAIN),
        ),
        Question(
            "one county: its agencies by year",
            f"select agency, year, {_COLUMNS[0]} from facts where county_code = '{_PLACE}' order by agency, year",
            lambda frame: frame[frame["county_code"] == _PLACE].sort_values(["agency", "year"]),
        ),
        Question(
            "one county: reports by kind and year",
            f"select kind, year, count(*) from facts where county_code = '{_PLACE}' group by kind, year",
            lambda frame: frame[frame["county_code"] == _PLACE].groupby(["kind", "year"]).size(),
        ),
        Question(
            "one report",
            f"select agency, {', '.join(_COLUMNS)} from facts where report_id = (select min(report_id) from facts)",
            lambda frame: frame.loc[frame["report_id"] == frame["report_id"].min(), ["agency", *_COLUMNS]],
        ),
    )
