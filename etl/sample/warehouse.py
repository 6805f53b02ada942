"""Made-up reports straight into a warehouse, without files: for benches of queries over a whole country.

The reports come as the Arrow tables that a load would hand over, so the warehouse is built by the same statements.
Of sections they have the fifth, without its text; statements, themes and words they have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from etl.form import Form
from etl.load.version import parser_version
from etl.pipeline import read_report
from etl.sample.agencies import Agency, agencies, agency_batches
from etl.sample.figures import Array, Arrays, draw_years
from etl.sample.words import sentences, words
from etl.warehouse.cellkeys import cell_numbers
from etl.warehouse.chunk import Chunk, SourceRow
from etl.warehouse.rows import Batch, Offered, batch
from etl.warehouse.store import load_lock
from etl.warehouse.warehouse import build

AT_ONCE = 2000
"""Agencies drawn together."""
MOST_STATEMENTS = 4
_MEMORY = "3GB"
"""A million reports are sorted in half the time that it takes with a load's memory."""
FIRST_PROVINCE_CODE = 83
"""Division codes above those of any real province."""


def write_warehouse(folder: Path, count: int, years: tuple[int, int], seed: int = 0) -> int:
    """Adds `count` agencies' reports of those years to the warehouse in the folder; returns how many reports."""
    span = range(years[0], years[1] + 1)
    with load_lock(folder):
        build(folder, chunks(count, span, seed), parser_version(), memory=_MEMORY)
    return count * len(span)


def chunks(count: int, years: Sequence[int], seed: int) -> Iterator[Chunk]:
    """The reports as a load hands them over, one chunk a year and group of agencies."""
    for group in agency_batches(count, AT_ONCE):
        rng = np.random.default_rng([seed, group[0].number])
        for year, form, figures in draw_years(group, years, seed):
            rows = [_row(agency, year) for agency in group]
            sources = tuple(SourceRow(r["path"], r["path"], r["source_sha256"], 0, 0, "read") for r in rows)
            tables = {"fact": _facts(rows, form, len(figures)), "cell": _cells(form, figures)}
            tables |= {"section": _sections(len(rows)), **_statements(rng, len(rows))}
            yield Chunk(sources, Batch(len(rows), _all_tables(tables)), len(rows))


@cache
def _empty() -> dict[str, pa.Table]:
    return batch(()).tables


def _all_tables(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    return {name: tables.get(name, empty) for name, empty in _empty().items()}


def _table(name: str, columns: dict[str, Any]) -> pa.Table:
    """The columns as the warehouse's table of that name; KeyError when one lacks."""
    schema = _empty()[name].schema
    return pa.table([_column(columns[field.name], field.type) for field in schema], names=schema.names)


def _column(values: Any, kind: pa.DataType) -> pa.Array:
    """As that kind; texts that repeat stay numbers and a list of texts, which spares reading each of them anew."""
    if isinstance(values, pa.DictionaryArray):
        return values
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values.cast(kind)
    return pa.array(values, type=kind)


def _texts(values: pa.Array) -> pa.DictionaryArray:
    """Numbers as texts, each number written once."""
    numbered = values.dictionary_encode()
    return pa.DictionaryArray.from_arrays(numbered.indices, numbered.dictionary.cast(pa.string()))


def _row(agency: Agency, year: int) -> dict[str, Any]:
    """What the fact table says of a report beside its figures."""
    code = _codes(agency)
    path = f"sample/{agency.number:06d}-{year}.txt"
    return {
        "report_id": f"{agency.name}-{code['county_code'] or code['city_code']}-{year}",
        "path": path,
        "agency": agency.name,
        "agency_key": f"{code['county_code'] or code['city_code']} {agency.name}",
        "kind": agency.kind,
        "province": agency.province,
        "city": agency.city,
        "county": agency.county,
        "county_then": agency.county,
        "township": agency.place if agency.kind in {"township", "subdistrict"} else None,
        "region_level": "named" if agency.county else "city-or-province",
        "region_candidates": [],
        "label": f"{agency.name} {year}",
        "year": year,
        "title": sentences()["titles"][0][0].format(agency=agency.name, year=year),
        "published_on": date(year + 1, 1, 5 + agency.number % 25),
        "layout": "sample",
        "source_path": path,
        "source_sha256": hashlib.sha256(path.encode()).hexdigest(),
        "transcribed": False,
        **code,
    }


def _codes(agency: Agency) -> dict[str, str | None]:
    data = words()
    city, county = divmod(agency.county_no, data["counties_per_city"])
    province, city = divmod(city, data["cities_per_province"])
    first = FIRST_PROVINCE_CODE + province
    return {
        "province_code": f"{first}0000",
        "city_code": f"{first}{city + 1:02d}00",
        "county_code": f"{first}{city + 1:02d}{county + 1:02d}" if agency.county else None,
    }


def _facts(rows: list[dict[str, Any]], form: Form, cells: int) -> pa.Table:
    columns: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
    columns["report_no"] = np.arange(len(rows))
    columns["form"] = [form.version] * len(rows)
    columns["cells_known"] = columns["cells_in_form"] = np.full(len(rows), cells)
    return _table("fact", columns)


def _cells(form: Form, figures: Arrays) -> pa.Table:
    """A row per report and cell, cells in printed order."""
    cells = list(form.cells())
    values = np.stack([figures[cell.key].astype(np.float64) for cell in cells], axis=1)
    reports = len(values)
    flat = pa.array(values.ravel())
    lines = pa.array([f"line {number}" for number in range(len(cells))])
    place = np.tile(np.arange(len(cells), dtype=np.int16), reports)
    return _table(
        "cell",
        {
            "report_no": np.repeat(np.arange(reports), len(cells)),
            "cell_no": np.tile([cell_numbers()[cell] for cell in cells], reports),
            "value": flat,
            "state": pa.DictionaryArray.from_arrays(np.zeros(len(flat), dtype=np.int8), ["number"]),
            "printed": _texts(flat),
            "place": pa.DictionaryArray.from_arrays(place, lines),
        },
    )


def _sections(reports: int) -> pa.Table:
    """The fifth of each report, in which its statements stand."""
    same = {"section_no": 5, "heading": words()["headings"][4][0], "text": "", "place": "line 1"}
    return _table("section", {"report_no": np.arange(reports), **{name: [one] * reports for name, one in same.items()}})


@dataclass(frozen=True, slots=True)
class _Details:
    """What a table of the warehouse holds of each statement: of number n, `length[n]` rows from `first[n]` on."""

    rows: pa.Table
    first: Array
    length: Array


@cache
def _details(name: str) -> _Details:
    """That table's rows of each statement, as the pipeline writes them for a report with this statement alone."""
    tables = [one.tables[name] for one in _read_statements()]
    length = np.array([table.num_rows for table in tables])
    return _Details(pa.concat_tables(tables).combine_chunks(), np.cumsum(length) - length, length)


@cache
def _read_statements() -> tuple[Batch, ...]:
    data = sentences()
    pairs = zip(data["problems"], data["remedies"], strict=True)
    return tuple(_read(_small_report(problem, remedy)) for problem, remedy in pairs)


def _small_report(problem: str, remedy: str) -> str:
    """A report of little more than a section five of one problem and one remedy."""
    data, agency = sentences(), next(agencies(1))
    values = {"agency": agency.name, "place": agency.place, "year": 2023, "next": 2024}
    heads = [f"{words()['ordinals'][n]}、{names[0]}" for n, names in enumerate(words()["headings"])]
    lines = [
        data["titles"][0][0],
        *(data["introductions"][0], heads[0], data["opening"][0], heads[4]),
        *(data["problem_leads"][1] + problem + "。", data["remedy_leads"][1] + remedy + "。"),
        *(heads[5], data["other_none"][0]),
    ]
    return "\n".join(line.format(**values) for line in lines)


def _read(text: str) -> Batch:
    return batch([Offered("statement.txt", read_report(Path("statement.txt"), text.encode()))])


def _statements(rng: Generator, reports: int) -> dict[str, pa.Table]:
    """Problems and remedies of each report, and what the warehouse holds of them."""
    numbers, places = _spread(np.arange(reports), rng.integers(1, MOST_STATEMENTS + 1, reports))
    all_of_them = np.tile(np.arange(len(sentences()["problems"])), (reports, 1))
    problems, remedies = (rng.permuted(all_of_them, axis=1)[numbers, places] for _ in range(2))
    tables = {name: _repeated(name, "problem", problems, numbers) for name in ("problem", "problem_theme", "phrase")}
    tables |= {name: _repeated(name, "remedy", remedies, numbers) for name in ("remedy", "remedy_theme")}
    said = _repeated("term", "problem", problems, numbers).group_by(["report_no", "term"], use_threads=False)
    counted = said.aggregate([("n", "sum")])
    return tables | {"term": _table("term", dict(zip(("report_no", "term", "n"), counted.columns, strict=True)))}


def _repeated(name: str, whole: str, chosen: Array, numbers: Array) -> pa.Table:
    """The table's rows of the chosen statements for the reports beside them, ordinals counted on within a report.

    `whole` is the table with a row for each ordinal: a statement may be read as several.
    """
    of_each = _details(name)
    rows, within = _spread(np.arange(len(chosen)), of_each.length[chosen])
    taken = of_each.rows.take(pa.array(of_each.first[chosen[rows]] + within))
    columns = {column: taken[column].combine_chunks() for column in taken.column_names}
    columns["report_no"] = numbers[rows]
    if "ordinal" in columns:
        before = np.cumsum(_details(whole).length[chosen]) - _details(whole).length[chosen]
        in_report = before - before[np.searchsorted(numbers, numbers)]
        columns["ordinal"] = columns["ordinal"].to_numpy() + in_report[rows]
    return _table(name, columns)


def _spread(values: Array, count: Array) -> tuple[Array, Array]:
    """Each value so often, and beside it how many of it came before."""
    repeated = np.repeat(values, count)
    return repeated, np.arange(len(repeated)) - np.repeat(np.cumsum(count) - count, count)
