"""Metrics: the warehouse's values against the same formulas in plain Python, over both forms and kinds of nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.report import FormCell, Report, State
from etl.warehouse import store
from etl.warehouse.metrics import metrics
from tests import made_up

NAN = math.nan
REFUSED = ["state_secret", "forbidden_by_law", "security_stability", "third_party", "internal_affairs"]
REFUSED += ["process_information", "enforcement_file", "administrative_query"]
UNAVAILABLE = ["not_held", "needs_creation", "unclear_request"]
NOT_PROCESSED = ["petition", "repeated", "publication", "excessive", "confirmation"]
OTHER = ["no_correction", "no_payment", "other"]
ORGANISATIONS = ["business", "research", "nonprofit", "legal_service", "other"]


class Cells:
    """The numbers of a report by key; anything that is no number is NaN, which spreads through sums."""

    def __init__(self, report: Report) -> None:
        self._values = {cell.at.key: cell.value for cell in report.cells}

    def __call__(self, row: str, column: str = "total", table: int = 3) -> float:
        value = self._values.get(f"{table}/{row}/{column}")
        return NAN if value is None else value

    def group(self, name: str, items: list[str]) -> float:
        return sum((self(f"{name}_{item}") for item in items), 0.0)

    def other(self) -> float:
        return self.group("other", OTHER) if "3/other_other/total" in self._values else self("other")

    def handled(self) -> float:
        return self("received") + self("carried_in")

    def disputes(self, column: str, *, suits_only: bool = False) -> float:
        suits = self("litigation_direct", column, 4) + self("litigation_after_reconsideration", column, 4)
        return suits if suits_only else suits + self("reconsideration", column, 4)


def first(*values: float) -> float:
    """The first that is known: forms ask the same in different tables."""
    return next((value for value in values if not math.isnan(value)), NAN)


Formula = Callable[[Cells], float | tuple[float, float]]

FORMULAS: dict[str, Formula] = {
    "applications_received": lambda c: first(c("received"), c("received", "year", 1)),
    "applications_carried_in": lambda c: c("carried_in"),
    "applications_handled": lambda c: c.handled(),
    "applications_concluded": lambda c: c("concluded"),
    "applications_carried_out": lambda c: c("carried_out"),
    "conclusion_rate": lambda c: (c("concluded"), c.handled()),
    "carryover_rate": lambda c: (c("carried_out"), c.handled()),
    "backlog_change": lambda c: c("carried_out") - c("carried_in"),
    "disclosure_rate": lambda c: (c("granted") + c("partly_granted"), c("concluded")),
    "full_disclosure_rate": lambda c: (c("granted"), c("concluded")),
    "disclosure_rate_handled": lambda c: (c("granted") + c("partly_granted"), c.handled()),
    "disclosure_rate_resolvable": lambda c: (
        c("granted") + c("partly_granted"),
        c("granted") + c("partly_granted") + c.group("refused", REFUSED),
    ),
    "refusal_rate": lambda c: (c.group("refused", REFUSED), c("concluded")),
    "unavailable_rate": lambda c: (c.group("unavailable", UNAVAILABLE), c("concluded")),
    "not_processed_rate": lambda c: (c.group("not_processed", NOT_PROCESSED), c("concluded")),
    "other_rate": lambda c: (c.other(), c("concluded")),
    "not_held_share": lambda c: (c("unavailable_not_held"), c.group("unavailable", UNAVAILABLE)),
    "procedural_end_rate": lambda c: (
        c("unavailable_unclear_request") + c("other_no_correction") + c("other_no_payment"),
        c("concluded"),
    ),
    "repeat_pressure": lambda c: (c("not_processed_repeated") + c("not_processed_excessive"), c("concluded")),
    "natural_person_share": lambda c: (c("received", "natural_person"), c("received")),
    "business_share": lambda c: (c("received", "business"), c("received")),
    "legal_service_share": lambda c: (c("received", "legal_service"), c("received")),
    "natural_person_disclosure_rate": lambda c: (
        c("granted", "natural_person") + c("partly_granted", "natural_person"),
        c("concluded", "natural_person"),
    ),
    "organisation_disclosure_rate": lambda c: (
        sum(c("granted", one) + c("partly_granted", one) for one in ORGANISATIONS),
        sum(c("concluded", one) for one in ORGANISATIONS),
    ),
    "reconsiderations": lambda c: first(c("reconsideration", table=4), c("reconsiderations", "year", 1)),
    "litigations": lambda c: first(c.disputes("total", suits_only=True), c("litigations", "year", 1)),
    "disputes": lambda c: first(c.disputes("total"), c("reconsiderations", "year", 1) + c("litigations", "year", 1)),
    "dispute_rate": lambda c: (c.disputes("total"), c("concluded")),
    "reconsideration_correction_rate": lambda c: (
        c("reconsideration", "corrected", 4),
        c("reconsideration", "total", 4) - c("reconsideration", "pending", 4),
    ),
    "litigation_correction_rate": lambda c: (
        c.disputes("corrected", suits_only=True),
        c.disputes("total", suits_only=True) - c.disputes("pending", suits_only=True),
    ),
    "upheld_rate": lambda c: (c.disputes("upheld"), c.disputes("total") - c.disputes("pending")),
    "pending_rate": lambda c: (c.disputes("pending"), c.disputes("total")),
    "suit_after_reconsideration_rate": lambda c: (
        c("litigation_after_reconsideration", "total", 4),
        c("reconsideration", "total", 4),
    ),
    "normative_net_change": lambda c: c("normative_documents", "issued", 2) - c("normative_documents", "repealed", 2),
    "renewal_ratio": lambda c: (c("normative_documents", "repealed", 2), c("normative_documents", "issued", 2)),
    "licences": lambda c: c("licensing", "decisions", 2),
    "penalties": lambda c: c("penalties", "decisions", 2),
    "coercions": lambda c: c("coercion", "decisions", 2),
    "licence_penalty_ratio": lambda c: (c("licensing", "decisions", 2), c("penalties", "decisions", 2)),
    "fees": lambda c: c("fees", "amount", 2),
}


def _reasons() -> Iterator[tuple[str, Formula]]:
    groups = {"refused": ("refusal", REFUSED), "unavailable": ("unavailable", UNAVAILABLE)}
    groups |= {"not_processed": ("not_processed", NOT_PROCESSED), "other": ("other", OTHER)}
    for rows, (name, items) in groups.items():
        for item in items:
            yield (
                f"{name}_reason_share_{item}",
                lambda c, rows=rows, item=item, items=items: (
                    c(f"{rows}_{item}"),
                    c.other() if rows == "other" else c.group(rows, items),
                ),
            )


def _documents() -> Iterator[tuple[str, Formula]]:
    for name, row in (("regulations", "regulations"), ("normative", "normative_documents")):
        for column in ("issued", "repealed", "in_force"):
            yield f"{name}_{column}", lambda c, row=row, column=column: c(row, column, 2)
        yield (
            f"{name}_issued_or_made",
            lambda c, row=row, annex=f"{name}_issued": first(
                c(row, "issued", 2), c(row, "made", 2), c(annex, "year", 1)
            ),
        )


FORMULAS |= dict(_reasons()) | dict(_documents())


def expected(formula: Formula, report: Report, scale: float) -> tuple[float | None, float | None, float | None]:
    result = formula(Cells(report))
    if not isinstance(result, tuple):
        return _known(result), _known(result), None
    numerator, denominator = result
    value = NAN if not denominator else scale * numerator / denominator
    return _known(value), _known(numerator), _known(denominator)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


ANNEX = {FormCell(1, "received", "year"): 7.0, FormCell(1, "reconsiderations", "year"): 0.0}
ANNEX |= {FormCell(1, "litigations", "year"): 2.0, FormCell(1, "normative_issued", "year"): 4.0}


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """Ten of three forms; zeros, blanks, dashes, unreadable and missing cells in numerators and denominators."""
    blank = {"3/granted/total": State.BLANK, "4/litigation_direct/pending": State.DASH}
    lost = {
        "3/concluded/total": State.UNREADABLE,
        "3/received/business": State.MISSING,
        "2/penalties/decisions": State.DASH,
    }
    agency = made_up.AGENCIES[0]
    refused = {"3/refused_third_party/total": State.DASH, "4/reconsideration/total": State.UNREADABLE}

    def annex(year: int, cells: dict[FormCell, float]) -> Report:
        return made_up.replace(made_up.report(agency, year), form="pre2019", cells=made_up.cells(cells))

    return [
        annex(2016, dict.fromkeys(ANNEX, 0.0)),
        annex(2017, {FormCell(1, "received", "year"): 3.0}),
        annex(2018, ANNEX),
        made_up.report(agency, 2019),
        made_up.blanked(made_up.report(agency, 2020), {"3/other/total": State.BLANK}),
        made_up.report(agency, 2021, zero=True),
        made_up.blanked(made_up.report(agency, 2022), blank),
        made_up.blanked(made_up.report(agency, 2023), lost),
        made_up.report(agency, 2024),
        made_up.blanked(made_up.report(agency, 2025), refused),
    ]


@pytest.fixture(scope="module")
def values(
    reports: list[Report], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[int, str], tuple[float | None, float | None, float | None]]:
    folder = made_up.warehouse(tmp_path_factory.mktemp("metrics"), reports)
    with store.read_current(folder) as connection:
        query = "select year, metric, value, numerator, denominator from metrics_long"
        rows = connection.execute(query).fetchall()
    assert len({row[:2] for row in rows}) == len(rows)
    return {(row[0], row[1]): row[2:] for row in rows}


def test_every_metric_made_of_cells_has_a_formula_here() -> None:
    assert set(FORMULAS) == {metric.key for metric in metrics() if metric.operands}


@pytest.mark.parametrize("key", FORMULAS)
def test_the_value_is_the_formula(
    key: str, reports: list[Report], values: dict[tuple[int, str], tuple[float | None, ...]]
) -> None:
    scale = 100 if key == "dispute_rate" else 1
    for report in reports:
        wanted = expected(FORMULAS[key], report, scale)
        assert values[report.identity.year or 0, key] == pytest.approx(wanted, nan_ok=False), report.identity.year


def test_the_annex_of_old_goes_on_where_it_asks_the_same(
    values: dict[tuple[int, str], tuple[float | None, ...]],
) -> None:
    assert values[2018, "applications_received"][0] == 7 and values[2018, "disputes"][0] == 2
    assert values[2018, "conclusion_rate"] == (None, None, None) and values[2018, "dispute_rate"][0] is None


def test_nothing_divided_by_nothing_is_unknown(values: dict[tuple[int, str], tuple[float | None, ...]]) -> None:
    assert values[2021, "conclusion_rate"] == (None, 0, 0)
    assert values[2021, "applications_received"] == (0, 0, None)


def test_the_gap_is_the_difference_of_both_rates(values: dict[tuple[int, str], tuple[float | None, ...]]) -> None:
    for year in (2019, 2020, 2022):
        person, organisation = (values[year, f"{who}_disclosure_rate"][0] for who in ("natural_person", "organisation"))
        assert person is not None and organisation is not None
        assert values[year, "disclosure_gap_person_org"][0] == pytest.approx(person - organisation)
    assert values[2021, "disclosure_gap_person_org"] == (None, None, None)


def test_shares_over_reports_are_one_or_none_for_each(values: dict[tuple[int, str], tuple[float | None, ...]]) -> None:
    assert values[2021, "zero_application_share"] == (1, 1, 1) and values[2021, "all_zero_share"] == (1, 1, 1)
    assert values[2022, "zero_application_share"] == (0, 0, 1) and values[2022, "all_zero_share"] == (0, 0, 1)


def test_completeness_counts_numbers_of_the_cells_asked_for(
    values: dict[tuple[int, str], tuple[float | None, ...]],
) -> None:
    assert values[2023, "completeness"] == (pytest.approx(197 / 200), 197, 200)
    assert values[2020, "completeness"] == (pytest.approx(197 / 198), 197, 198)


def test_sums_with_an_unknown_operand_are_not_assessed(
    values: dict[tuple[int, str], tuple[float | None, ...]],
) -> None:
    sums = 7 + 7 + 25 + 3
    assert values[2021, "arithmetic_pass_rate"] == (1, sums, sums)
    assert values[2023, "arithmetic_pass_rate"] == (
        1,
        sums - 5,
        sums - 5,
    )  # A1 of two columns, A2 of total, A3 of two rows
    assert values[2022, "arithmetic_pass_rate"] == (1, sums - 3, sums - 3)  # A2 of total, A3 of granted, A4 of a row


def test_a_broken_sum_fails(tmp_path: Path) -> None:
    report = made_up.report(made_up.AGENCIES[0], 2023)
    cells = tuple(
        made_up.replace(cell, value=cell.value + 1) if cell.at.key == "4/reconsideration/total" and cell.value else cell
        for cell in report.cells
    )
    folder = made_up.warehouse(tmp_path, [made_up.replace(report, cells=cells)])
    with store.read_current(folder) as connection:
        rows = connection.execute(
            "select numerator, denominator from metrics_long where metric = 'arithmetic_pass_rate'"
        ).fetchall()
    assert rows == [(41, 42)]


def test_problems_dates_and_promises(
    reports: list[Report], values: dict[tuple[int, str], tuple[float | None, ...]]
) -> None:
    assert values[2022, "problem_count"] == (1, 1, None)
    assert values[2022, "publication_lag"][0] == (date(2023, 1, 20) - date(2023, 1, 31)).days
    assert values[2016, "promise_repeat_rate"] == (None, None, None)
    for report in reports[1:]:
        again = int("timeliness" in report.problem_themes[0])
        assert values[report.identity.year or 0, "promise_repeat_rate"] == (again, again, 1)


def test_the_share_of_penalties_is_of_the_county_and_year(full_warehouse: Path) -> None:
    query = """
        select r.county_code, r.year, sum(m.value), count(distinct m.denominator)
        from metrics_long m join reports r using (report_id)
        where m.metric = 'penalty_share' and m.value is not null group by all
    """
    with store.read_current(full_warehouse) as connection:
        rows = connection.execute(query).fetchall()
        without = connection.execute(
            "from metrics_long where metric = 'penalty_share' and county_code is null and value is not null"
        ).fetchall()
    assert rows and all(total == pytest.approx(1) and bases == 1 for _, _, total, bases in rows)
    assert not without


def test_every_metric_of_the_house_is_in_the_dictionary() -> None:
    keys = {metric.key for metric in metrics()}
    assert {"theme_prevalence", "coverage", "boilerplate", "text_similarity_last_year", "theme_streak"} <= keys
    assert all(metric.operands or metric.source or metric.minuend or metric.level == "group" for metric in metrics())
    assert len(keys) == len(metrics())
