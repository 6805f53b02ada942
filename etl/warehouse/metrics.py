"""The dictionary of metrics, `data/metrics.yml`, as value objects and as operands that a statement can sum up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.paths import DATA
from etl.warehouse.cellkeys import cell_numbers, fact_column, matching
from etl.yml import read_yml

_TERM = re.compile(r"(?:^|(?<=\s))([+-])?\s*([^\s+-]+)")


@dataclass(frozen=True, slots=True)
class Operand:
    """A cell that a part of a metric reads. `variant` counts from 0: the first that is wholly known is taken."""

    part: str
    variant: int
    cell_no: int
    sign: int


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. `words` are its labels, formulas and caveats by name; `source` names a statement for special ones."""

    key: str
    group: str
    unit: str
    kind: str
    level: str
    scale: float
    words: Mapping[str, str]
    operands: tuple[Operand, ...]
    minuend: str
    subtrahend: str
    source: str

    def sum(self, part: str) -> str:
        """A part as a sum over columns of the wide table: of the first variant that is wholly known, else null."""
        cells = list(cell_numbers())
        variants: dict[int, list[str]] = {}
        for one in self.operands:
            if one.part == part:
                signed = f"{'-' if one.sign < 0 else '+'} {fact_column(cells[one.cell_no])}"
                variants.setdefault(one.variant, []).append(signed)
        return f"coalesce({', '.join(['null::double', *(' '.join(cells) for cells in variants.values())])})"


Variants = list[list[tuple[int, int]]]


@cache
def metrics() -> tuple[Metric, ...]:
    """Every metric in the order of the dictionary. KeyError when it names an unknown cell or symbol."""
    data = read_yml(DATA / "metrics.yml")
    symbols: dict[str, Variants] = {}
    for name, formula in data["symbols"].items():
        symbols[name] = _variants(formula, symbols)
    return tuple(_metric(entry, symbols) for entry in data["metrics"])


def _metric(entry: dict[str, Any], symbols: Mapping[str, Variants]) -> Metric:
    words = ("label_zh", "label_en", "formula_zh", "formula_en", "caveat_zh", "caveat_en")
    return Metric(
        key=entry["key"],
        group=entry["group"],
        unit=entry["unit"],
        kind=entry["kind"],
        level=entry.get("level", "report"),
        scale=entry.get("scale", 1),
        words={word: entry.get(word, "") for word in words},
        operands=tuple(_operands(entry, symbols)),
        minuend=entry.get("minuend", ""),
        subtrahend=entry.get("subtrahend", ""),
        source=entry.get("source", ""),
    )


def _operands(entry: dict[str, Any], symbols: Mapping[str, Variants]) -> Iterator[Operand]:
    for part in ("numerator", "denominator"):
        if part in entry:
            for variant, cells in enumerate(_variants(entry[part], symbols)):
                yield from (Operand(part, variant, cell, sign) for cell, sign in cells)


def _variants(formula: str | list[str], symbols: Mapping[str, Variants]) -> Variants:
    formulas = formula if isinstance(formula, list) else [formula]
    return [variant for one in formulas for variant in _expand(one, symbols)]


def _expand(formula: str, symbols: Mapping[str, Variants]) -> Variants:
    """Each way to write the formula out in cells: a symbol with variants multiplies them."""
    ways: Variants = [[]]
    for sign, term in _TERM.findall(formula):
        factor = -1 if sign == "-" else 1
        choices = symbols[term] if term.isupper() else [[(cell, 1) for cell in matching(term)]]
        ways = [way + [(cell, factor * one) for cell, one in choice] for way in ways for choice in choices]
    return ways
