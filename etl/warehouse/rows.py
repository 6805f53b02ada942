"""Reports to Arrow tables, one for each table of the warehouse, ready to be inserted in bulk.

`report_no` counts from 0 within a batch; whoever inserts it adds what is there already.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from etl.form import forms
from etl.report import Region, Report, State
from etl.tables.annex import annex_form
from etl.warehouse.cellkeys import cell_numbers, fact_column

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


@dataclass(frozen=True, slots=True)
class Batch:
    """`reports` reports as Arrow tables by warehouse table; `fact` also has a float64 column per form cell."""

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
    code = region.county_code or region.city_code or region.province_code
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
    tables = {name: _table(rows, _SCHEMAS[name]) for name, rows in collected.items()}
    cells = _cell_table(offered)
    return Batch(len(offered), {"fact": _fact_table(offered, cells), "cell": cells, **tables})


def _table(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


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


def _cell_table(offered: Sequence[Offered]) -> pa.Table:
    numbers = cell_numbers()
    cells = [(row, cell) for row, one in enumerate(offered) for cell in one.report.cells]
    columns = (
        [row for row, _ in cells],
        [numbers[cell.at] for _, cell in cells],
        [cell.value for _, cell in cells],
        [str(cell.state) for _, cell in cells],
        [cell.printed for _, cell in cells],
        [cell.place for _, cell in cells],
    )
    schema = _SCHEMAS["cell"]
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _fact_table(offered: Sequence[Offered], cells: pa.Table) -> pa.Table:
    """A row per report: what is known about it, then the number of every cell of any form, null where there is none."""
    about = _table([(row, *_fact(one)) for row, one in enumerate(offered)], _FACT)
    numbers = cell_numbers()
    wide = np.full((len(numbers), len(offered)), np.nan)
    wide[cells["cell_no"].to_numpy(), cells["report_no"].to_numpy()] = cells["value"].to_numpy()
    columns = [pa.array(row, from_pandas=True) for row in wide]
    return pa.Table.from_arrays([*about.columns, *columns], [*about.column_names, *map(fact_column, numbers)])


def _fact(one: Offered) -> tuple[Any, ...]:
    report, who, region = one.report, one.report.identity, one.report.region
    known = sum(1 for cell in report.cells if cell.state is State.NUMBER)
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
