"""What the head of a table tells about its rows: the grid column of each value, and how merged cells were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from etl.form import Column, FormTable, Row
from etl.tables.landmarks import Landmark, common, letters
from etl.tables.stream import Atom, Stream
from etl.tables.values import printable


@cache
def _column_of(row: Row) -> dict[str, str]:
    return {letters(name.split("（")[0]): column.key for column in row.columns for name in _names(column)}


def _names(column: Column) -> tuple[str, ...]:
    return (column.label, *column.aliases)


def grid_columns(atoms: Sequence[Atom], row: Row) -> dict[str, int]:
    """Grid column of each column key, from head cells of an exact grid; the last one seen counts."""
    known = _column_of(row)
    found: dict[str, int] = {}
    for atom in atoms:
        if atom.exact:
            key = known.get(letters(atom.text.split("(")[0]))
            if key is not None:
                found[key] = atom.column
    return found


def in_order(columns: dict[str, int], row: Row) -> tuple[int, ...]:
    """The grid columns in the form's order; empty unless every one is known and they differ."""
    if any(column.key not in columns for column in row.columns):
        return ()
    ordered = tuple(columns[column.key] for column in row.columns)
    return ordered if len(set(ordered)) == len(ordered) else ()


def left_packed(stream: Stream, start: int, end: int, table: FormTable) -> bool:
    """Whether a text table dropped merged cells, as its head shows: the total stands next to the organisations'
    common head, where the grid would leave their columns free."""
    total = {letters(name) for name in _names(table.rows[0].columns[-1])}
    for index in range(start, min(end, len(stream.atoms) - 1)):
        atom, after = stream.atoms[index], stream.atoms[index + 1]
        if atom.in_table and letters(atom.text) == common()["organisations"]:
            return (after.table, after.row) == (atom.table, atom.row) and letters(after.text) in total
    return False


def organisations_in_order(stream: Stream, start: int, end: int, table: FormTable) -> bool:
    """Whether the head names the applicants in the form's order; heads that are not found raise no doubt."""
    *names, rest = [letters(column.label) for column in table.rows[0].columns[:-1]]
    text = letters(stream.compact[start:end])
    seen = [(at, at + len(name)) for name in names if (at := text.find(name)) >= 0]
    between = [text[before[1] : after[0]].replace(common()["organisations"], "") for before, after in pairwise(seen)]
    return seen == sorted(seen) and not any(rest in words for words in between)


@cache
def _unit() -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(printable().units, key=len, reverse=True)))
    return re.compile(rf"\((?:[^()0-9]{{0,6}}?[:,])?({units})\)")


@cache
def _unit_of(row: Row) -> dict[str, str]:
    return {letters(name.split("（")[0]): column.unit for column in row.columns for name in _names(column)}


def prints_unit(compact: str, start: int, end: int) -> bool:
    """Whether a unit in brackets stands anywhere between two offsets."""
    return _unit().search(compact, start, end) is not None


def other_unit(compact: str, heads: Iterable[Landmark], row: Row) -> str | None:
    """The unit that the head prints for a column of the row when it is of another dimension than the form's."""
    wanted = _unit_of(row)
    units = printable().units
    for head in heads:
        unit = wanted.get(letters(head.word))
        printed = _unit().match(compact, head.end)
        if unit is not None and printed is not None and units[printed[1]] != units[unit]:
            return printed[1]
    return None
