"""Random figures of one agency through the years that obey every sum of the form and the chains between years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from etl.form import Form, FormTable, Row, forms
from etl.sample.agencies import Agency
from etl.sample.words import levels

Figures = dict[str, float]
"""Value by `table/row/column`, every cell of the year's form."""

DECIDED = ("licensing", "penalties", "coercion")
SINGLE = 40
"""Up to this many applications are dealt out one by one, more by shares."""


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
class Level:
    """What an agency's figures move around, drawn once; `carried` and `in_force` hand on to the next year."""

    received: float
    decisions: dict[str, float]
    fees: float
    decimals: int
    carried: list[int]
    in_force: dict[str, int]
    items: dict[str, int] = field(default_factory=dict)


def draw_level(rng: Random, kind: str) -> Level:
    """The level of an agency of that kind."""
    ranges = levels()["kinds"][kind]
    none = rng.random() < ranges["no_applications"]
    low, high = ranges["decisions"]
    waiting = 0 if none else count(rng, rng.uniform(0, ranges["received"][1] / 20))
    return Level(
        received=0.0 if none else rng.uniform(*ranges["received"]),
        decisions={
            key: float(int(low + (high - low) * rng.random() ** 3)) for key in ("licensing", "penalties", "coercion")
        },
        fees=rng.uniform(*ranges["fees"]),
        decimals=rng.choice((0, 1, 2, 2, 4, 6)),
        carried=split(rng, waiting, applicant_weights()),
        in_force={"regulations": ranges["regulations"], "normative_documents": rng.randint(*ranges["documents"])},
    )


@cache
def applicant_weights() -> tuple[int, ...]:
    """How often each kind of applicant asks, in the form's order."""
    return tuple(levels()["applicants"].values())


def count(rng: Random, mean: float) -> int:
    """A non-negative count around `mean`, near the spread of independent events."""
    return max(0, round(rng.gauss(mean, mean**0.5))) if mean else 0


def split(rng: Random, total: int, weights: Sequence[float]) -> list[int]:
    """`total` dealt out at random by weights; the parts add up to it."""
    parts = [0] * len(weights)
    if total <= SINGLE:
        for index in rng.choices(range(len(weights)), weights, k=total):
            parts[index] += 1
        return parts
    shares = [weight * rng.uniform(0.4, 1.6) for weight in weights]
    scale = total / sum(shares)
    parts = [int(share * scale) for share in shares]
    parts[parts.index(max(parts))] += total - sum(parts)
    return parts


def years_of(agency: Agency, years: Sequence[int], seed: int) -> Iterator[tuple[int, Figures]]:
    """The agency's figures year by year, always the same for the same agency, first year and seed."""
    rng = Random(f"{seed}/{agency.number}/{years[0]}")
    level = draw_level(rng, agency.kind)
    for year in years:
        form = form_of(year)
        figures: Figures = {}
        for table in form.tables:
            _TABLES[table.table_no](rng, level, table, figures)
        yield year, figures


def _table_2(rng: Random, level: Level, table: FormTable, figures: Figures) -> None:
    for row in table.rows:
        columns = [column.key for column in row.columns]
        values = _row_2(rng, level, row, columns)
        figures.update({f"2/{row.key}/{column}": values[column] for column in columns})


def _row_2(rng: Random, level: Level, row: Row, columns: list[str]) -> Figures:
    if "in_force" in columns:
        return _documents(rng, level, row.key)
    if "made" in columns:
        made = count(rng, level.in_force[row.key] / 6)
        level.in_force[row.key] += made
        return {"made": made, "disclosed": made - (made > 3), "disclosed_total": level.in_force[row.key]}
    if "previous_items" in columns:
        return _items(rng, level, row.key)
    if "projects" in columns:
        projects = count(rng, level.fees / 400)
        return {"projects": projects, "amount": round(projects * rng.uniform(2e4, 9e5), 2)}
    if columns == ["amount"]:
        return {"amount": _fee(rng, level)}
    return {"decisions": round(level.decisions[row.key] * rng.uniform(0.85, 1.2))}


def _documents(rng: Random, level: Level, key: str) -> Figures:
    before = level.in_force[key]
    issued, repealed = count(rng, before / 8), min(before, count(rng, before / 12))
    level.in_force[key] = before + issued - repealed
    return {"issued": issued, "repealed": repealed, "in_force": level.in_force[key]}


def _items(rng: Random, level: Level, key: str) -> Figures:
    before = level.items.get(key, count(rng, min(level.decisions.get(key, 0) ** 0.5, 400)))
    change = max(-before, round(rng.gauss(0, before / 12)))
    level.items[key] = before + change
    decisions = level.decisions.get(key, level.decisions["licensing"] / 10)
    return {"previous_items": before, "change": change, "decisions": round(decisions * rng.uniform(0.85, 1.2))}


def _fee(rng: Random, level: Level) -> float:
    level.fees *= rng.uniform(0.85, 1.2)
    return round(level.fees, level.decimals)


def _table_3(rng: Random, level: Level, table: FormTable, figures: Figures) -> None:
    applicants, total = table_sum(table, "A3")
    outcomes, concluded = table_sum(table, "A2")
    received = split(rng, count(rng, level.received * rng.uniform(0.85, 1.2)), applicant_weights())
    handled = [new + old for new, old in zip(received, level.carried, strict=True)]
    left = [min(n, count(rng, n * levels()["carried_out_share"])) for n in handled]
    weights = [levels()["outcomes"].get(row, 1) for row in outcomes]
    dealt = [split(rng, n - kept, weights) for n, kept in zip(handled, left, strict=True)]
    rows = {"received": received, "carried_in": level.carried, "carried_out": left}
    rows |= {row: [column[index] for column in dealt] for index, row in enumerate(outcomes)}
    rows[concluded[0]] = [n - kept for n, kept in zip(handled, left, strict=True)]
    for row in table.rows:
        figures.update({f"3/{row.key}/{key}": value for key, value in zip(applicants, rows[row.key], strict=True)})
        figures[f"3/{row.key}/{total[0]}"] = sum(rows[row.key])
    level.carried = left


def _table_4(rng: Random, _level: Level, table: FormTable, figures: Figures) -> None:
    parts, total = table_sum(table, "A4")
    weights = [levels()["disputes"][part] for part in parts]
    mean = figures["3/concluded/total"] * levels()["disputes_share"]
    for row in table.rows:
        number = count(rng, mean * rng.uniform(0.7, 1.3))
        figures.update(
            {f"4/{row.key}/{key}": value for key, value in zip(parts, split(rng, number, weights), strict=True)}
        )
        figures[f"4/{row.key}/{total[0]}"] = number


def table_sum(table: FormTable, rule: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides of the sum of that rule, as the form's data states it."""
    for found in table.sums:
        if found.rule == rule:
            return found.left, found.right
    raise KeyError(rule)


_TABLES = {2: _table_2, 3: _table_3, 4: _table_4}
