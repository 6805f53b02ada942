"""Random figures of made-up agencies through the years that obey every sum of the form and the chains between years.

All agencies of a batch are drawn together as arrays, so that a million reports take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from etl.form import Form, FormTable, Row, forms
from etl.sample.agencies import Agency
from etl.sample.words import levels

Figures = dict[str, float]
"""Value by `table/row/column`, every cell of the year's form; counts are int."""

Array = NDArray[Any]
Arrays = dict[str, Array]
"""The same for all agencies of a batch: an array by cell, a value an agency."""

DECIDED = ("licensing", "penalties", "coercion")
DECIMALS = (0, 1, 2, 2, 4, 6)


class NoForm(ValueError):  # noqa: N818 - says what is missing
    """No form was in force in that year."""


@cache
def form_of(year: int) -> Form:
    """The form in force for reports on that year; NoForm before the oldest one."""
    for form in forms().values():
        if form.first_year <= year:
            return form
    raise NoForm(str(year))


@dataclass(slots=True)
class _Level:
    """What the agencies' figures move around, drawn once; `carried` and the dicts are handed on."""

    rng: Generator
    received: Array
    decisions: Arrays
    fees: Array
    decimals: Array
    carried: Array
    in_force: Arrays
    items: Arrays = field(default_factory=dict)
    totals: Arrays = field(default_factory=dict)

    def near(self, mean: Array) -> Array:
        """Whole numbers a little around the level, never from one year to the next as far as a check would doubt."""
        return self._whole(mean * self._little())

    def count(self, mean: Array) -> Array:
        """Counts of independent events around the mean."""
        return self.rng.poisson(mean)

    def _little(self) -> Array:
        return self.rng.uniform(0.85, 1.2, self.fees.shape)

    @staticmethod
    def _whole(values: Array) -> Array:
        return np.rint(values).astype(np.int64)

    def next_fees(self) -> Array:
        """This year's fees, to as many decimals as the agency prints."""
        self.fees = self.fees * self._little()
        scale = 10.0**self.decimals
        return np.rint(self.fees * scale) / scale


def _draw_level(rng: Generator, batch: Sequence[Agency]) -> _Level:
    kinds = [levels()["kinds"][agency.kind] for agency in batch]
    size = len(batch)
    none = rng.random(size) < [kind["no_applications"] for kind in kinds]
    received = np.where(none, 0, rng.uniform(*_range(kinds, "received")))
    low, high = _range(kinds, "decisions")
    waiting = rng.poisson(received * rng.uniform(0, 0.1, size))
    documents_low, documents_high = _range(kinds, "documents")
    return _Level(
        rng,
        received,
        {key: np.rint(low + (high - low) * rng.random(size) ** 3) for key in DECIDED},
        rng.uniform(*_range(kinds, "fees")),
        rng.choice(DECIMALS, size),
        rng.multinomial(waiting, _shares("applicants")),
        {
            "regulations": np.array([kind["regulations"] for kind in kinds]),
            "normative_documents": rng.integers(documents_low, documents_high + 1),
        },
    )


def _range(kinds: list[dict[str, list[int]]], name: str) -> tuple[Array, Array]:
    low, high = zip(*(kind[name] for kind in kinds), strict=True)
    return np.array(low), np.array(high)


def _shares(name: str, keys: Sequence[str] = ()) -> Array:
    """The weights of that name as shares; of the keys when given, 1 for those that are not named."""
    weights = levels()[name]
    raw = np.array([weights.get(key, 1) for key in keys] if keys else list(weights.values()), dtype=np.float64)
    shares: Array = raw / raw.sum()
    return shares


def draw_years(batch: Sequence[Agency], years: Sequence[int], seed: int) -> Iterator[tuple[int, Form, Arrays]]:
    """Year by year the figures of all agencies; the same batch, first year and seed give the same figures."""
    level = _draw_level(np.random.default_rng([seed, batch[0].number, years[0]]), batch)
    for year in years:
        form = form_of(year)
        figures: Arrays = {}
        for table in form.tables:
            _TABLES[table.table_no](level, table, figures)
        yield year, form, figures


def series_of(batch: Sequence[Agency], years: Sequence[int], seed: int) -> list[list[tuple[int, Figures]]]:
    """For each agency of the batch its figures year by year."""
    series: list[list[tuple[int, Figures]]] = [[] for _ in batch]
    for year, _, figures in draw_years(batch, years, seed):
        keys = list(figures)
        columns = [figures[key].tolist() for key in keys]
        for one, values in zip(series, zip(*columns, strict=True), strict=True):
            one.append((year, dict(zip(keys, values, strict=True))))
    return series


def _table_2(level: _Level, table: FormTable, figures: Arrays) -> None:
    for row in table.rows:
        columns = [column.key for column in row.columns]
        values = _row_2(level, row, columns)
        figures.update({f"2/{row.key}/{column}": values[column] for column in columns})


def _row_2(level: _Level, row: Row, columns: list[str]) -> Arrays:
    if "in_force" in columns:
        return _documents(level, row.key)
    if "made" in columns:
        made = level.count(level.in_force[row.key] / 6)
        level.in_force[row.key] = level.in_force[row.key] + made
        return {"made": made, "disclosed": made - (made > 3), "disclosed_total": level.in_force[row.key]}
    if "previous_items" in columns:
        return _items(level, row.key)
    if "projects" in columns:
        projects = level.count(level.fees / 400)
        return {"projects": projects, "amount": np.round(projects * level.rng.uniform(2e4, 9e5, projects.shape), 2)}
    if columns == ["amount"]:
        return {"amount": level.next_fees()}
    return {"decisions": level.near(level.decisions[row.key])}


def _documents(level: _Level, key: str) -> Arrays:
    before = level.in_force[key]
    issued, repealed = level.count(before / 8), np.minimum(before, level.count(before / 12))
    level.in_force[key] = before + issued - repealed
    return {"issued": issued, "repealed": repealed, "in_force": level.in_force[key]}


def _items(level: _Level, key: str) -> Arrays:
    decisions = level.decisions.get(key, level.decisions["licensing"] / 10)
    if key not in level.items:
        level.items[key] = level.count(np.minimum(decisions**0.5, 400))
    before = level.items[key]
    change = np.maximum(-before, np.rint(level.rng.normal(0, before / 12)).astype(np.int64))
    level.items[key] = before + change
    return {"previous_items": before, "change": change, "decisions": level.near(decisions)}


def _table_3(level: _Level, table: FormTable, figures: Arrays) -> None:
    applicants, total = table_sum(table, "A3")
    outcomes, concluded = table_sum(table, "A2")
    received = level.rng.multinomial(level.near(level.received), _shares("applicants"))
    handled = received + level.carried
    left = level.rng.binomial(handled, levels()["carried_out_share"])
    dealt = level.rng.multinomial(handled - left, _shares("outcomes", outcomes))
    rows = {"received": received, "carried_in": level.carried, concluded[0]: handled - left, "carried_out": left}
    rows |= {row: dealt[:, :, index] for index, row in enumerate(outcomes)}
    for row in table.rows:
        figures.update({f"3/{row.key}/{key}": rows[row.key][:, index] for index, key in enumerate(applicants)})
        figures[f"3/{row.key}/{total[0]}"] = rows[row.key].sum(axis=1)
    level.carried = left


def _table_4(level: _Level, table: FormTable, figures: Arrays) -> None:
    parts, total = table_sum(table, "A4")
    for row in table.rows:
        number = level.count(figures["3/concluded/total"] * levels()["disputes_share"])
        dealt = level.rng.multinomial(number, _shares("disputes", parts))
        figures.update({f"4/{row.key}/{key}": dealt[:, index] for index, key in enumerate(parts)})
        figures[f"4/{row.key}/{total[0]}"] = number


def table_sum(table: FormTable, rule: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides of the sum of that rule, as the form's data states it."""
    for found in table.sums:
        if found.rule == rule:
            return found.left, found.right
    raise KeyError(rule)


def _table_1(level: _Level, table: FormTable, figures: Arrays) -> None:
    """The annex: rows that add up where a person would expect it, and running totals."""
    annex = levels()["annex"]
    values: Arrays = {"received": level.near(level.received), "disclosed": level.near(np.maximum(level.fees, 40))}
    values["concluded"] = values["answered"] = values["received"]
    for whole, parts in annex["sums"].items():
        total = values.setdefault(whole, level.count(np.full(level.fees.shape, annex["means"].get(whole, 1))))
        raw = np.array(list(parts.values()), dtype=np.float64)
        dealt = level.rng.multinomial(total, raw / raw.sum())
        values |= {part: dealt[:, index] for index, part in enumerate(parts)}
    values["received_letter_or_fax"] = values["received_letter"] + values["received_fax"]
    for row in table.rows:
        mean = np.full(level.fees.shape, annex["means"].get(row.key, 0.3))
        year = values.setdefault(row.key, level.count(mean))
        level.totals[row.key] = level.totals.get(row.key, level.count(year * 3.0)) + year
        figures[f"1/{row.key}/year"], figures[f"1/{row.key}/cumulative"] = year, level.totals[row.key]


_TABLES = {1: _table_1, 2: _table_2, 3: _table_3, 4: _table_4}
