"""Planted errors: a clean report of last year and one of this year with a single known error, to try the checks on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice
from random import Random

from etl.form import Form, FormTable, Sum
from etl.sample.agencies import Agency, agency_batches
from etl.sample.figures import Figures, form_of, series_of, table_sum

YEARS = (2022, 2023)
CANDIDATES = 20_000
BATCH = 200
ENOUGH = 15
POOL = 3


@dataclass(frozen=True, slots=True)
class Case:
    """Two years of one agency, both without an error; `form` is that of the second."""

    agency: Agency
    last: Figures
    figures: Figures
    form: Form


@dataclass(frozen=True, slots=True)
class Planted:
    """One error: the rule that must find it, the likely cause where the rules name one, and the cells it touches.

    `blanks` are printed empty. `sentences` says whose words the report has: its own, those of last year with other
    numbers (`copied`) or even with the same numbers (`retitled`), a wrong year in the period (`wrong-year`), or a
    sentence that denies any application (`denying`). `kind` names the error.
    """

    rule: str
    cause: str
    cells: tuple[str, ...]
    figures: Figures
    blanks: tuple[str, ...] = ()
    sentences: str = "own"
    kind: str = ""


Plant = Callable[[Case, Random], Planted | None]
"""Puts an error into the case, or says with None that this agency's figures do not lend themselves to it."""


def _columns(case: Case) -> tuple[tuple[str, ...], str]:
    """The six applicant columns and the total column."""
    parts, total = table_sum(case.form.table(3), "A3")
    return parts, total[0]


def _row(row: str, columns: tuple[str, ...]) -> list[str]:
    return [f"3/{row}/{column}" for column in columns]


def _changed(case: Case, changes: dict[str, float]) -> Figures:
    return {**case.figures, **changes}


def wrong_sum(case: Case, rng: Random) -> Planted | None:
    """The total of one row does not add up."""
    _, total = _columns(case)
    outcomes = [row for row in table_sum(case.form.table(3), "A2")[0] if case.figures[f"3/{row}/{total}"]]
    if not outcomes:
        return None
    key = f"3/{rng.choice(outcomes)}/{total}"
    return Planted("A3", "", (key,), _changed(case, {key: case.figures[key] + rng.randint(101, 109)}))


def wrong_dispute_sum(case: Case, rng: Random) -> Planted | None:
    """The total of the reconsiderations does not add up."""
    key = "4/reconsideration/total"
    if not case.figures[key]:
        return None
    return Planted("A4", "", (key,), _changed(case, {key: case.figures[key] + rng.randint(1, 9)}))


def wrong_outcomes(case: Case, rng: Random) -> Planted | None:
    """One outcome of one column and its row's total are too high, so the outcomes exceed what was concluded."""
    parts, total = _columns(case)
    more, row = rng.randint(101, 109), "granted"
    if not case.figures[f"3/{row}/{parts[0]}"]:
        return None
    keys = (f"3/{row}/{parts[0]}", f"3/{row}/{total}")
    return Planted("A2", "", keys, _changed(case, {key: case.figures[key] + more for key in keys}))


def swapped_applicants(case: Case, _rng: Random) -> Planted | None:
    """Applications of businesses received are put under natural persons."""
    parts, _ = _columns(case)
    person, business = _row("received", parts)[:2]
    moved = case.figures[business]
    if not moved:
        return None
    return Planted("A1", "X1", (person, business), _changed(case, {person: case.figures[person] + moved, business: 0}))


def split_digits(case: Case, _rng: Random) -> Planted | None:
    """A number of two digits stands in two cells; the next cell was 0."""
    parts, _ = _columns(case)
    for row in table_sum(case.form.table(3), "A2")[0]:
        first, second = _row(row, parts)[:2]
        number = int(case.figures[first])
        if 10 <= number <= 99 and not case.figures[second]:
            return Planted("A3", "X2", (first, second), _changed(case, {first: number // 10, second: number % 10}))
    return None


def shifted_row(case: Case, _rng: Random) -> Planted | None:
    """A row lost the 0 of its last part and moved one column to the left; a 0 fills its end."""
    parts, total = _columns(case)
    for row in table_sum(case.form.table(3), "A2")[0]:
        last, end = f"3/{row}/{parts[-1]}", f"3/{row}/{total}"
        if not case.figures[last] and sum(case.figures[key] > 0 for key in _row(row, parts)) > 1:
            return Planted("A3", "X3", (last, end), _changed(case, {last: case.figures[end], end: 0}))
    return None


def missing_part(case: Case, _rng: Random) -> Planted | None:
    """One part of a row is left empty."""
    parts, _ = _columns(case)
    key = f"3/granted/{parts[0]}"
    return Planted("A3", "X4", (key,), case.figures, blanks=(key,)) if case.figures[key] else None


def missing_organisations(case: Case, _rng: Random) -> Planted | None:
    """The total of a row counts natural persons alone."""
    parts, total = _columns(case)
    key, person = f"3/received/{total}", f"3/received/{parts[0]}"
    if case.figures[key] - case.figures[person] < 2 or not case.figures[person]:
        return None
    return Planted("A3", "X5", (key,), _changed(case, {key: case.figures[person]}))


def other_left_out(case: Case, _rng: Random) -> Planted | None:
    """What was concluded leaves out the other outcomes."""
    parts, total = _columns(case)
    others = [row for row in table_sum(case.form.table(3), "A2")[0] if row.startswith("other_")]
    changes = {}
    for column in (*parts, total):
        left_out = sum(case.figures[f"3/{row}/{column}"] for row in others)
        if left_out:
            changes[f"3/concluded/{column}"] = case.figures[f"3/concluded/{column}"] - left_out
    return Planted("A2", "X6", tuple(changes), _changed(case, changes)) if changes else None


def carried_in_left_out(case: Case, _rng: Random) -> Planted | None:
    """The outcomes leave out what was carried in."""
    parts, total = _columns(case)
    changes = {}
    for column in (*parts, total):
        carried = case.figures[f"3/carried_in/{column}"]
        if case.figures[f"3/granted/{column}"] < carried:
            return None
        if carried:
            for row in ("granted", "concluded"):
                changes[f"3/{row}/{column}"] = case.figures[f"3/{row}/{column}"] - carried
    cells = tuple(key for key in changes if "/concluded/" in key)
    return Planted("A1", "X7", cells, _changed(case, changes)) if changes else None


def carry_over_mismatch(case: Case, rng: Random) -> Planted:
    """More is carried in than last year's report carried out."""
    parts, total = _columns(case)
    more = rng.randint(1, 9)
    keys = [f"3/{row}/{column}" for row in ("carried_in", "granted", "concluded") for column in (parts[0], total)]
    changes = {key: case.figures[key] + more for key in keys}
    return Planted("C1", "", (f"3/carried_in/{total}",), _changed(case, changes))


def documents_mismatch(case: Case, rng: Random) -> Planted:
    """The documents in force do not follow from last year's."""
    key = "2/normative_documents/in_force"
    return Planted("C2", "", (key,), _changed(case, {key: case.figures[key] + rng.randint(2, 9)}))


def fee_in_yuan(case: Case, _rng: Random) -> Planted | None:
    """The fee is printed in 元 where the form asks for 万元."""
    key = "2/fees/amount"
    if case.figures[key] < 1:
        return None
    return Planted("V5", "", (key,), _changed(case, {key: round(case.figures[key] * 10_000)}))


def blank_cell(case: Case, rng: Random) -> Planted:
    """A cell of table 2 is left empty."""
    key = f"2/{rng.choice(('licensing', 'penalties', 'coercion'))}/decisions"
    return Planted("V3", "", (key,), case.figures, blanks=(key,))


def fraction(case: Case, rng: Random) -> Planted:
    """A count is printed with a decimal."""
    key = f"2/{rng.choice(('licensing', 'penalties', 'coercion'))}/decisions"
    return Planted("V1", "", (key,), _changed(case, {key: case.figures[key] + 0.5}))


def year_typo(case: Case, _rng: Random) -> Planted:
    """The period of the data names another year than the title."""
    return Planted("D3", "", (), case.figures, sentences="wrong-year")


def copied_text(case: Case, _rng: Random) -> Planted:
    """The words are last year's, the counts in them are not."""
    return Planted("C6", "", (), case.figures, sentences="copied")


def retitled(case: Case, _rng: Random) -> Planted:
    """Nothing in the words differs from last year's but the year."""
    return Planted("C7", "", (), case.figures, sentences="retitled")


def copied_figures(case: Case, _rng: Random) -> Planted:
    """Every figure is last year's."""
    cells = tuple(key for key, value in case.last.items() if value)
    return Planted("C5", "", cells, dict(case.last))


def denied_applications(case: Case, _rng: Random) -> Planted | None:
    """The words deny any application while the table has some."""
    _, total = _columns(case)
    key = f"3/received/{total}"
    return Planted("T3", "", (key,), case.figures, sentences="denying") if case.figures[key] else None


PLANTS: tuple[Plant, ...] = (
    wrong_sum,
    wrong_dispute_sum,
    wrong_outcomes,
    swapped_applicants,
    split_digits,
    shifted_row,
    missing_part,
    missing_organisations,
    other_left_out,
    carried_in_left_out,
    carry_over_mismatch,
    documents_mismatch,
    fee_in_yuan,
    blank_cell,
    fraction,
    year_typo,
    copied_text,
    retitled,
    copied_figures,
    denied_applications,
)


def cases(seed: int) -> Iterator[Case]:
    """Clean pairs of years of agencies with enough applications to hide an error in."""
    for batch in agency_batches(CANDIDATES, BATCH):
        for agency, ((_, last), (year, figures)) in zip(batch, series_of(batch, YEARS, seed), strict=True):
            if figures["3/received/total"] >= ENOUGH:
                yield Case(agency, last, figures, form_of(year))


def plant_errors(count: int, seed: int) -> Iterator[tuple[Case, Planted]]:
    """`count` cases with one error each, every kind of error in turn; ValueError when no agency suits one."""
    pool = list(islice(cases(seed), POOL * count))
    for number, plant in zip(range(count), cycle(PLANTS), strict=False):
        rng = Random(f"{seed}/{number}/plant")
        tried = ((case, plant(case, rng)) for case in pool)
        found = next(((case, replace(planted, kind=plant.__name__)) for case, planted in tried if planted), None)
        if found is None:
            raise ValueError(f"no agency for {plant.__name__}")
        pool.remove(found[0])
        yield found


def broken_sums(form: Form, cells: dict[str, float | None]) -> list[dict[str, object]]:
    """The sums of the form that the cells break, each with its rule and all its cells; a blank hides its sum."""
    return [
        {"rule": rule.rule, "cells": [*left, *right]}
        for table in form.tables
        for rule in table.sums
        for left, right in _sides(table, rule)
        if _differ(_total(left, cells), _total(right, cells))
    ]


def _sides(table: FormTable, rule: Sum) -> Iterator[tuple[list[str], list[str]]]:
    """The keys on both sides of every equation that the sum stands for."""
    lines = [column.key for column in table.rows[0].columns] if rule.over == "rows" else [row.key for row in table.rows]
    pattern = "{table}/{part}/{line}" if rule.over == "rows" else "{table}/{line}/{part}"
    for line in lines:
        left, right = (
            [pattern.format(table=table.table_no, line=line, part=part) for part in side]
            for side in (rule.left, rule.right)
        )
        yield left, right


def _total(keys: list[str], cells: dict[str, float | None]) -> float | None:
    values = [cells[key] for key in keys]
    return None if None in values else sum(value for value in values if value is not None)


def _differ(left: float | None, right: float | None) -> bool:
    return left is not None and right is not None and left != right
