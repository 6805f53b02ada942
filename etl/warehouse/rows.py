"""Reports to Arrow tables, one for each table of the warehouse, ready to be inserted in bulk.

`report_no` counts from 0 within a batch; whoever inserts it adds what is there already.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.form import forms
from etl.report import FormCell, Region, Report, State
from etl.tables.annex import annex_form
from etl.warehouse.cellkeys import cell_numbers, fact_column
from etl.warehouse.columns import figure_column, figures_of, numbers, plain, table, texts

_NO = ("report_no", pa.uint32())
_FACT = pa.schema(
    [_NO]
    + [
        (name, pa.string())
        for name in ("report_id", "path", "agency", "agency_key", "kind", "province", "province_code", "city")
    ]
    + [(name, pa.string()) for name in ("city_code", "county", "county_code", "county_then", "township")]
    + [("region_level", pa.string()), ("region_candidates", pa.list_(pa.string())), ("label", pa.string())]
    + [("year", pa.int16()), ("form", pa.string()), ("title", pa.string()), ("published_on", pa.date32())]
    + [("layout", pa.string()), ("source_path", pa.string()), ("source_sha256", pa.string())]
    + [("transcribed", pa.bool_()), ("cells_known", pa.int16()), ("cells_in_form", pa.int16())]
)
_ORDINAL = ("ordinal", pa.uint16())
_SCHEMAS = {
    "cell": pa.schema(
        [_NO, ("cell_no", pa.uint16()), ("value", pa.float64())]
        + [(name, pa.string()) for name in ("state", "printed", "place")]
    ),
    "section": pa.schema(
        [_NO, ("section_no", pa.uint8())] + [(name, pa.string()) for name in ("heading", "text", "place")]
    ),
    "problem": pa.schema([_NO, _ORDINAL, ("text", pa.string())]),
    "remedy": pa.schema([_NO, _ORDINAL, ("text", pa.string())]),
    "problem_theme": pa.schema([_NO, _ORDINAL, ("theme", pa.string()), ("words", pa.list_(pa.string()))]),
    "remedy_theme": pa.schema([_NO, _ORDINAL, ("theme", pa.string())]),
    "phrase": pa.schema([_NO, _ORDINAL, ("phrase", pa.string())]),
    "term": pa.schema([_NO, ("term", pa.string()), ("n", pa.uint16())]),
    "finding": pa.schema(
        [_NO]
        + [(name, pa.string()) for name in ("rule", "severity", "status", "message", "cause")]
        + [("cells", pa.list_(pa.string())), ("place", pa.string())]
    ),
}
_OPEN_LEVELS = {"none", "ambiguous"}
_NATIONAL = "national"
_HASH_IN_AN_ID = 8
_NOT_IN_AN_ID = re.compile(r"[^\w]+")


Figures = NDArray[np.float64]
"""A row per cell of any form, a column per report; NaN where no number was read."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`reports` reports as Arrow tables by warehouse table; the table of facts lacks their figures."""

    reports: int
    tables: dict[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Offered:
    """A report and the file it came from: `path` is absolute and tells the files apart."""

    path: str
    report: Report


def report_id(one: Offered) -> str:
    """A readable id that a reload keeps: agency, place code, year. The agency and the year must be known.

    Where the place is open, the file's folder stands for it: agencies of one name in two folders are two.
    """
    report, region = one.report, one.report.region
    code = region.code
    code = f"0-{_folder(one)}" if _is_open(report) else code or "0"
    return f"{_NOT_IN_AN_ID.sub('_', report.identity.agency or '')}-{code}-{report.identity.year}"


def series_key(one: Offered) -> str:
    """What an agency's reports of several years share. Where the place is open only reports of one folder share it,
    for two towns of one name must not be taken for one."""
    agency = one.report.identity.agency or ""
    return f"{_folder(one)} {agency}" if _is_open(one.report) else one.report.identity.key or agency


def _folder(one: Offered) -> str:
    return hashlib.sha256(str(Path(one.path).parent).encode()).hexdigest()[:_HASH_IN_AN_ID]


def _is_open(report: Report) -> bool:
    return report.region.level in _OPEN_LEVELS and report.identity.kind != _NATIONAL


def label(report: Report) -> str:
    """The agency's name, the places that it leaves out in brackets, the year: unlike the name, it does not repeat."""
    agency, region = report.identity.agency or "", report.region
    left_out = [place for place in _places(region) if place and place not in agency]
    inside = f"（{''.join(left_out)}）" if left_out else ""
    return f"{agency}{inside} {report.identity.year}"


def _places(region: Region) -> list[str | None]:
    return list(dict.fromkeys((region.province, region.city, region.county)))


def batch(offered: Sequence[Offered]) -> Batch:
    """The tables of some reports. KeyError when a cell is of no known form."""
    collected: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _SCHEMAS if name != "cell"}
    for number, one in enumerate(offered):
        for name, rows in _details(one.report).items():
            collected[name].extend((number, *row) for row in rows)
    tables = {name: table(rows, _SCHEMAS[name]) for name, rows in collected.items()}
    facts = table([(row, *_fact(one)) for row, one in enumerate(offered)], _FACT)
    return Batch(len(offered), {"fact": facts, "cell": _cells(offered), **tables})


def together(batches: Sequence[Batch], first: int) -> dict[str, pa.Table]:
    """The tables of some batches, at least one, their reports numbered from `first`; `fact` has a column per cell."""
    starts = first + np.cumsum([0, *(one.reports for one in batches[:-1])])
    tables = {name: _joined([one.tables[name] for one in batches], starts) for name in batches[0].tables}
    columns = list(map(figure_column, _figures(tables["cell"], first, sum(one.reports for one in batches))))
    facts = tables["fact"]
    names = [*facts.column_names, *map(fact_column, cell_numbers())]
    return {**tables, "fact": pa.Table.from_arrays([*facts.columns, *columns], names)}


def _figures(cells: pa.Table, first: int, reports: int) -> Figures:
    """The figures of reports numbered from the first."""
    figures = np.full((len(cell_numbers()), reports), np.nan)
    figures[plain(cells["cell_no"]), plain(cells["report_no"]) - first] = figures_of(cells["value"].chunk(0))
    return figures


def _joined(tables: Sequence[pa.Table], starts: NDArray[np.int64]) -> pa.Table:
    """Tables as one, which the warehouse takes in faster than its parts, their reports numbered from its start."""
    whole = pa.concat_tables(tables)
    number = plain(whole["report_no"]) + np.repeat(starts, [one.num_rows for one in tables])
    return whole.set_column(0, "report_no", numbers(number.astype(np.uint32), pa.uint32())).combine_chunks()


def _details(report: Report) -> dict[str, list[tuple[Any, ...]]]:
    return {
        "section": [(s.section_no, s.heading, s.text, s.place) for s in report.sections],
        "problem": list(enumerate(report.statements.problems, start=1)),
        "remedy": list(enumerate(report.statements.remedies, start=1)),
        "problem_theme": _themes_with_words(report),
        "remedy_theme": _each(report.remedy_themes),
        "phrase": _each(report.phrases),
        "term": [(term, n) for term, n in report.terms],
        "finding": [
            (f.rule, f.severity.value, f.status.value, f.message, f.cause, f.cells, f.place) for f in report.findings
        ],
    }


def _each(statements: tuple[tuple[str, ...], ...]) -> list[tuple[int, str]]:
    return [(ordinal, key) for ordinal, keys in enumerate(statements, start=1) for key in keys]


def _themes_with_words(report: Report) -> list[tuple[int, str, tuple[str, ...]]]:
    words = report.theme_words or [((),) * len(keys) for keys in report.problem_themes]
    return [
        (ordinal, *one)
        for ordinal, (keys, said) in enumerate(zip(report.problem_themes, words, strict=True), start=1)
        for one in zip(keys, said, strict=True)
    ]


def _cells(offered: Sequence[Offered]) -> pa.Table:
    """The cells of some reports, a row each."""
    cells = [cell for one in offered for cell in one.report.cells]
    report_no = np.repeat(np.arange(len(offered), dtype=np.uint32), [len(one.report.cells) for one in offered])
    parts = [_numbers([cell.at for cell in one.report.cells]) for one in offered]
    columns = [
        numbers(report_no, pa.uint32()),
        numbers(np.concatenate(parts) if parts else np.array([], dtype=np.uint16), pa.uint16()),
        figure_column(np.array([cell.value for cell in cells], dtype=np.float64)),
        texts([cell.state for cell in cells]),
        texts([cell.printed for cell in cells]),
        texts([cell.place for cell in cells]),
    ]
    return pa.Table.from_arrays(columns, schema=_SCHEMAS["cell"])


def _numbers(cells: list[FormCell]) -> NDArray[np.uint16]:
    """The numbers of some cells, which mostly are all of a form in its order. KeyError when one is of no known form."""
    for form, known in _whole_forms():
        if form == cells:
            return known
    return _looked_up(cells)


def _looked_up(cells: list[FormCell]) -> NDArray[np.uint16]:
    return np.array([cell_numbers()[cell] for cell in cells], dtype=np.uint16)


@cache
def _whole_forms() -> list[tuple[list[FormCell], NDArray[np.uint16]]]:
    wholes = [list(form.cells()) for form in forms().values()]
    return [(cells, _looked_up(cells)) for cells in wholes]


def _fact(one: Offered) -> tuple[Any, ...]:
    report, who, region = one.report, one.report.identity, one.report.region
    known = [cell.state for cell in report.cells].count(State.NUMBER)
    return (
        *(
            report_id(one),
            one.path,
            who.agency,
            series_key(one),
            who.kind,
            region.province,
            region.province_code,
            region.city,
        ),
        *(region.city_code, region.county, region.county_code, region.county_then, region.township),
        *(region.level, region.candidates, label(report)),
        *(who.year, report.form, who.title, who.published_on),
        *(report.layout, report.source_path, report.source_sha256),
        *(report.transcribed, known, cells_in_form(report)),
    )


def cells_in_form(report: Report) -> int | None:
    """How many cells the report's form wants; None when no form is known, or one whose rows differed by place."""
    if report.cells:
        return len(report.cells)
    form = forms().get(report.form)
    return sum(1 for _ in form.cells()) if form and form != annex_form() else None
