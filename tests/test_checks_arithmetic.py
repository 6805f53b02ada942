"""Rules A1 to A4 with their likely causes on figures of single reports; a blank never counts as 0."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from etl.checks.arithmetic import broken
from etl.checks.equations import equations, total
from etl.report import Finding, Severity
from tests import made_up

PARTS = ("natural_person", "business", "research", "nonprofit", "legal_service", "other")


def row(table: int, name: str, *values: float | None) -> dict[str, float | None]:
    columns = (*PARTS, "total") if table == 3 else ("upheld", "corrected", "other", "pending", "total")
    return {f"{table}/{name}/{column}": value for column, value in zip(columns, values, strict=True)}


def clean(version: str = "2021") -> dict[str, float | None]:
    """A report with 12 + 3 applications, 2 carried in, 15 concluded (granted 10, not held 5), 2 carried out."""
    values: dict[str, float | None] = {key: 0.0 for one in equations(version) for key in one.cells}
    values |= row(3, "received", 12, 3, 0, 0, 0, 0, 15)
    values |= row(3, "carried_in", 2, 0, 0, 0, 0, 0, 2)
    values |= row(3, "granted", 8, 2, 0, 0, 0, 0, 10)
    values |= row(3, "unavailable_not_held", 4, 1, 0, 0, 0, 0, 5)
    values |= row(3, "concluded", 12, 3, 0, 0, 0, 0, 15)
    values |= row(3, "carried_out", 2, 0, 0, 0, 0, 0, 2)
    return values | row(4, "reconsideration", 3, 1, 0, 1, 5)


def check(changes: Mapping[str, float | None], blanks: tuple[str, ...] = (), version: str = "2021") -> list[Finding]:
    return list(broken(equations(version), clean(version) | dict(changes), blanks))


def told(found: list[Finding]) -> list[tuple[str, str]]:
    return sorted((one.rule, one.cause) for one in found)


@pytest.mark.parametrize(("version", "number"), [("2021", 42), ("2019", 40), ("pre2019", 0)])
def test_a_form_has_so_many_sums(version: str, number: int) -> None:
    assert len(equations(version)) == number


@pytest.mark.parametrize("version", ["2021", "2019"])
def test_a_report_that_adds_up_has_no_finding(version: str) -> None:
    assert check({}, version=version) == []
    for seed in range(20):
        figures = {at.key: value for at, value in made_up.figures(seed, version).items()}
        assert broken(equations(version), figures, ()) == ()


def test_a_sum_over_rows_and_one_over_columns() -> None:
    [outcome, applicants] = check({"3/granted/total": 11})
    assert (outcome.rule, outcome.severity) == ("A2", Severity.ERROR)
    assert outcome.message == "total: 11 + 5 = 16 ≠ 15, difference 1"
    assert "3/granted/total" in outcome.cells
    assert "3/concluded/total" in outcome.cells
    assert (applicants.rule, applicants.message) == ("A3", "granted: 8 + 2 = 10 ≠ 11, difference -1")
    assert applicants.cells == tuple(row(3, "granted", *[0] * 7))


def test_what_is_received_and_what_is_dealt_with() -> None:
    found = check(row(3, "carried_out", 1, 0, 0, 0, 0, 0, 1))
    assert told(found) == [("A1", ""), ("A1", "")]
    assert found[0].message == "natural_person: 12 + 2 = 14 ≠ 12 + 1 = 13, difference 1"


def test_disputes() -> None:
    [found] = check({"4/reconsideration/total": 7})
    assert (found.rule, found.message) == ("A4", "reconsideration: 3 + 1 + 1 = 5 ≠ 7, difference -2")
    assert check(row(4, "litigation_direct", 0, 0, 0, 0, 0)) == []


def test_a_number_that_is_not_known_is_never_taken_for_0() -> None:
    assert check({"3/granted/natural_person": None, "4/reconsideration/upheld": None}) == []
    assert total(("a", "b"), {"a": 1.0, "b": None}) is None
    assert equations("2021")[0].excess({}) is None


def test_x1_an_applicant_in_the_wrong_column() -> None:
    [found] = check(row(3, "received", 13, 2, 0, 0, 0, 0, 15))
    assert (found.rule, found.cause) == ("A1", "X1")
    assert {"3/received/natural_person", "3/received/business"} <= set(found.cells)
    assert "difference 1" in found.message
    assert "difference -1" in found.message


def test_x1_needs_a_total_that_balances() -> None:
    found = check({"3/received/natural_person": 13, "3/received/business": 2, "3/carried_out/total": 3})
    assert not [one for one in found if one.cause == "X1"]


def test_x2_a_number_split_in_two() -> None:
    [found] = check(row(3, "received", 1, 2, 3, 0, 0, 0, 15) | row(3, "received", 1, 2, 0, 0, 0, 0, 12) | wide())
    assert (found.rule, found.cause) == ("A3", "X2")
    assert found.cells == tuple(row(3, "received", *[0] * 7))


def wide() -> dict[str, float | None]:
    """All applications are of 12 natural persons, nothing is carried: only the row `received` may be wrong."""
    alone = (12, 0, 0, 0, 0, 0, 12)
    return (
        row(3, "carried_in", *[0] * 7)
        | row(3, "carried_out", *[0] * 7)
        | row(3, "granted", *alone)
        | (row(3, "unavailable_not_held", *[0] * 7) | row(3, "concluded", *alone))
    )


def test_x2_is_not_told_against_a_sum_that_holds() -> None:
    outcomes = row(3, "granted", 1, 2, 0, 0, 0, 0, 12) | row(3, "concluded", 1, 2, 0, 0, 0, 0, 12)
    found = check(wide() | outcomes | row(3, "received", 1, 2, 0, 0, 0, 0, 12))
    assert found
    assert not [one for one in found if one.cause == "X2" and "received" in one.message]


def test_x2_in_table_four() -> None:
    [found] = check(row(4, "reconsideration", 1, 2, 0, 0, 12))
    assert (found.rule, found.cause) == ("A4", "X2")
    assert told(check(row(4, "reconsideration", 5, 1, 0, 0, 15))) == [("A4", "")]


def test_x3_a_row_shifted_by_one_column() -> None:
    [found] = check(row(3, "granted", 8, 2, 0, 0, 0, 10, 0))
    assert (found.rule, found.cause) == ("A3", "X3")
    [found] = check(row(4, "reconsideration", 3, 1, 1, 5, 0))
    assert (found.rule, found.cause) == ("A4", "X3")


def test_x4_one_part_left_blank() -> None:
    key = "3/granted/natural_person"
    [found] = check({key: None}, blanks=(key,))
    assert (found.rule, found.cause, found.severity) == ("A3", "X4", Severity.ERROR)
    assert found.message == "granted: ? + 2 ≠ 10, difference 8"
    assert found.cells[0] == key


def test_x4_is_silent_about_blanks_that_stand_for_0_and_about_what_was_not_read() -> None:
    zero, person = "3/granted/other", "3/granted/natural_person"
    assert check({zero: None}, blanks=(zero,)) == []
    assert check({person: None}) == []
    both = {person: None, "3/unavailable_not_held/natural_person": None, "3/granted/business": None}
    assert check(both | {"3/unavailable_not_held/business": None}, blanks=(*both,)) == []


def test_x4_of_a_column_when_the_row_cannot_tell() -> None:
    key = "3/granted/total"
    [found] = check({key: None}, blanks=(key,))
    assert (found.rule, found.cause, found.message) == ("A2", "X4", "total: ? + 5 ≠ 15, difference 10")


def test_x4_does_not_blame_a_blank_total() -> None:
    key = "4/reconsideration/total"
    assert check({key: None}, blanks=(key,)) == []


def test_x5_organisations_left_out() -> None:
    [found] = check({"3/received/total": 12})
    assert (found.rule, found.cause) == ("A3", "X5")
    assert found.message == "received: 12 + 3 = 15 ≠ 12, difference 3; total: 12 + 2 = 14 ≠ 15 + 2 = 17, difference -3"


def test_x6_other_outcomes_left_out() -> None:
    others = row(3, "other_other", 3, 0, 0, 0, 0, 0, 3) | row(3, "unavailable_not_held", 1, 1, 0, 0, 0, 0, 2)
    [found] = check(others | row(3, "concluded", 9, 3, 0, 0, 0, 0, 12))
    assert (found.rule, found.cause) == ("A2", "X6")
    assert {"3/concluded/natural_person", "3/concluded/total", "3/other_other/total"} <= set(found.cells)


def test_x6_in_the_form_of_2019() -> None:
    others = row(3, "other", 3, 0, 0, 0, 0, 0, 3) | row(3, "unavailable_not_held", 1, 1, 0, 0, 0, 0, 2)
    [found] = check(others | row(3, "concluded", 9, 3, 0, 0, 0, 0, 12), version="2019")
    assert (found.rule, found.cause) == ("A2", "X6")


def test_x7_what_was_carried_in_left_out() -> None:
    [found] = check(row(3, "granted", 6, 2, 0, 0, 0, 0, 8) | row(3, "concluded", 10, 3, 0, 0, 0, 0, 13))
    assert (found.rule, found.cause) == ("A1", "X7")
    assert {"3/carried_in/total", "3/concluded/total"} <= set(found.cells)


def test_a_difference_without_a_known_cause_has_none() -> None:
    assert told(check(row(3, "granted", 8, 3, 0, 0, 0, 0, 10))) == [("A2", ""), ("A3", "")]
