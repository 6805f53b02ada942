"""One printed cell to a value and a state; what may be printed is data in `forms/values.yml`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from etl.form import FOLDER, Column
from etl.report import State
from etl.yml import read_yml

NUMBER = r"(?:[1-9]\d{0,2}(?:,\d{3})+(?!\d)|0(?!\d)|[1-9]\d*)(?:\.\d+)?"
"""Without leading zeros: `03` is two cells that ran together, or a slip."""


@dataclass(frozen=True, slots=True)
class Printable:
    """Spellings of units by dimension, of dashes, and the columns that may be negative."""

    units: dict[str, str]
    dashes: frozenset[str]
    may_be_negative: frozenset[str]
    whole_cell: re.Pattern[str]


@cache
def printable() -> Printable:
    """The data of `forms/values.yml`, loaded once."""
    data = read_yml(FOLDER / "values.yml")
    units = {spelling: dimension for dimension, spellings in data["units"].items() for spelling in spellings}
    longest_first = "|".join(sorted(units, key=len, reverse=True))
    whole = re.compile(rf"(?P<sign>[+-]?)\s*(?P<number>{NUMBER})\s*(?P<unit>{longest_first})?")
    return Printable(units, frozenset(data["dashes"]), frozenset(data["may_be_negative"]), whole)


class Value(NamedTuple):
    """A cell read: `number` only with NUMBER. `doubt` is a rule's key when the text is not what the form asks."""

    number: float | None
    state: State
    doubt: str = ""


Reader = Callable[[str], tuple[float | None, State, str]]
"""From a text to what its `Value` holds, in a plain tuple: that is taken apart in a third of the time."""


def read_value(printed: str, column: Column) -> Value:
    """The value of a printed cell text (half-width); a text that is no number is never guessed at."""
    return Value(*reader(column)(printed))


def reader(column: Column) -> Reader:
    """Reads the texts of a column as `read_value` does."""
    return _reader(column.unit, may_be_negative(column))


@cache
def _reader(unit: str, signed: bool) -> Reader:
    """Most cells print the same few numbers: what they are read to is kept."""

    @lru_cache(maxsize=8192)
    def read(printed: str) -> tuple[float | None, State, str]:
        number, state, doubt = _read_text(printed, unit, signed)
        return number, state, doubt

    return read


def may_be_negative(column: Column) -> bool:
    """Whether numbers of the column may be below 0."""
    return column.key in printable().may_be_negative


def _read_text(printed: str, unit: str, signed: bool) -> Value:
    """The value of a text in a column of that unit; `signed` where a number below 0 may stand."""
    text = printed.strip()
    if not text:
        return Value(None, State.BLANK)
    if text in printable().dashes:
        return Value(None, State.DASH)
    found = printable().whole_cell.fullmatch(text)
    if found is None or (found["sign"] and text[1].isspace() and not signed):
        return Value(None, State.UNREADABLE, "V2")
    number = float(found["number"].replace(",", ""))
    if number and not same_dimension(found["unit"], unit):
        return Value(None, State.UNREADABLE, "V4")
    if found["sign"] == "-":
        number = -number
    return Value(number, State.NUMBER, _count_doubt(number, unit, signed))


def same_dimension(unit: str | None, wanted: str) -> bool:
    """Whether a printed unit, if any, is of the dimension that is wanted."""
    units = printable().units
    return unit is None or units[unit] == units.get(wanted, wanted)


def _count_doubt(number: float, unit: str, signed: bool) -> str:
    if number < 0 and not signed:
        return "V1"
    is_count = printable().units.get(unit) == printable().units["件"]
    return "V1" if is_count and number != int(number) else ""
