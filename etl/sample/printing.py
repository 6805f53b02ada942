"""How an agency prints its figures: separators, full-width digits, units, dashes, blanks. Gives the truth with it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from etl.form import Form
from etl.sample.figures import Figures
from etl.sample.words import words

FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
FULL_WIDTH_ZERO = "０"


@dataclass(frozen=True, slots=True)
class Manner:
    """How one report prints: `zero` stands for 0 in the cells that `scope` names (a prefix of their keys)."""

    zero: str = "0"
    scope: str = ""
    thousands: bool = False
    full_width: bool = False
    units: bool = False
    fixed_decimals: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """Texts of the cells, the values a careful person reads (None for a blank or a dash), and the dashes printed."""

    texts: dict[str, str]
    cells: dict[str, float | None]
    not_a_number: dict[str, str]


def draw_manner(rng: Random, *, blanks: bool, joined: bool = False) -> Manner:
    """A random manner. `blanks` tells that the layout shows an empty cell, `joined` that nothing parts its cells."""
    if joined:
        return Manner()
    zero, scope = "0", ""
    if rng.random() < 0.3:
        zero = "" if blanks and rng.random() < 0.6 else rng.choice(words()["dashes"])
        scope = rng.choice(("2/", "2/regulations/", "3/", "4/", "2/fees/", "3/refused", "1/refused", "/"))
    return Manner(
        zero,
        scope,
        thousands=rng.random() < 0.1,
        full_width=rng.random() < 0.06,
        units=rng.random() < 0.08,
        fixed_decimals=rng.random() < 0.3,
    )


def print_figures(form: Form, figures: Figures, manner: Manner) -> Printed:
    """Every cell of the form that has a figure as printed, with its truth."""
    texts: dict[str, str] = {}
    cells: dict[str, float | None] = {}
    dashes: dict[str, str] = {}
    for table in form.tables:
        for row in table.rows:
            for column in row.columns:
                key = f"{table.table_no}/{row.key}/{column.key}"
                if key not in figures:
                    continue
                value = figures[key]
                if not value and manner.zero != "0" and key.startswith(manner.scope.lstrip("/")):
                    texts[key], cells[key] = manner.zero, None
                    if manner.zero:
                        dashes[key] = manner.zero
                    continue
                texts[key], cells[key] = _number(value, column.unit, manner, with_unit=table.table_no == 2), value
    return Printed(texts, cells, dashes)


def _number(value: float, unit: str, manner: Manner, *, with_unit: bool) -> str:
    if not value and not manner.units:
        return FULL_WIDTH_ZERO if manner.full_width else "0"
    text = (
        f"{value:,.2f}"
        if manner.fixed_decimals and unit in words()["money"] and round(value, 2) == value
        else _plain(value)
    )
    if not manner.thousands:
        text = text.replace(",", "")
    if manner.full_width:
        text = text.translate(FULL_WIDTH)
    return text + unit if manner.units and with_unit else text


def _plain(value: float) -> str:
    return f"{value:,}" if value != int(value) else f"{int(value):,}"
