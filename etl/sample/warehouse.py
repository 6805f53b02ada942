"""Made-up reports straight into a warehouse, without files: for benches of queries over a whole country.

The reports come as the Arrow tables that a load would hand over, so the warehouse is built by the same statements.
They have no sections; statements, themes and words they have.
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

from etl.cellkeys import cell_numbers, fact_column
from etl.form import Form
from etl.keywords import terms
from etl.rows import Batch, batch
from etl.sample.agencies import Agency, agency_batches
from etl.sample.figures import Array, Arrays, draw_years
from etl.sample.words import sentences, words
from etl.store import load_lock
from etl.themes import label, promised
from etl.version import parser_version
from etl.warehouse import Chunk, SourceRow, build

AT_ONCE = 2000
"""Agencies drawn together."""
MOST_STATEMENTS = 4
FIRST_PROVINCE_CODE = 83
"""Division codes above those of any real province."""


def write_warehouse(folder: Path, count: int, years: tuple[int, int], seed: int = 0) -> int:
    """Adds `count` agencies' reports of those years to the warehouse in the folder; returns how many reports."""
    span = range(years[0], years[1] + 1)
    with load_lock(folder):
        build(folder, chunks(count, span, seed), parser_version())
    return count * len(span)


def chunks(count: int, years: Sequence[int], seed: int) -> Iterator[Chunk]:
    """The reports as a load hands them over, one chunk a year and group of agencies."""
    for group in agency_batches(count, AT_ONCE):
        rng = np.random.default_rng([seed, group[0].number])
        for year, form, figures in draw_years(group, years, seed):
            rows = [_row(agency, year) for agency in group]
            sources = tuple(SourceRow(r["path"], r["path"], r["source_sha256"], 0, 0, "read") for r in rows)
            tables = {"fact": _facts(rows, form, figures), "cell": _cells(form, figures), **_statements(rng, len(rows))}
            yield Chunk(sources, Batch(len(rows), _all_tables(tables)), len(rows))


@cache
def _empty() -> dict[str, pa.Table]:
    return batch(()).tables


def _all_tables(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    return {name: tables.get(name, empty) for name, empty in _empty().items()}


def _table(name: str, columns: dict[str, Any]) -> pa.Table:
    """The columns as the warehouse's table of that name; KeyError when one lacks."""
    schema = _empty()[name].schema
    return pa.table([_column(columns[field.name], field.type) for field in schema], schema=schema)


def _column(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values.cast(kind)
    return pa.array(values, type=kind)


def _row(agency: Agency, year: int) -> dict[str, Any]:
    """What the fact table says of a report beside its figures."""
    code = _codes(agency)
    path = f"sample/{agency.number:06d}-{year}.txt"
    return {
        "report_id": f"{agency.name}-{code['county_code'] or code['city_code']}-{year}",
        "path": path,
        "agency": agency.name,
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


def _facts(rows: list[dict[str, Any]], form: Form, figures: Arrays) -> pa.Table:
    columns: dict[str, Any] = {name: [row[name] for row in rows] for name in rows[0]}
    columns["report_no"] = np.arange(len(rows))
    columns["form"] = [form.version] * len(rows)
    columns["cells_known"] = columns["cells_in_form"] = np.full(len(rows), len(figures))
    unknown = pa.nulls(len(rows), pa.float64())
    for at in cell_numbers():
        columns[fact_column(at)] = figures[at.key].astype(np.float64) if at.key in figures else unknown
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
            "printed": flat.cast(pa.string()),
            "place": pa.DictionaryArray.from_arrays(place, lines),
        },
    )


@dataclass(frozen=True, slots=True)
class _Lists:
    """A list of keys for each statement, flat: those of statement n are `keys[first[n]:first[n] + length[n]]`."""

    keys: pa.Array
    first: Array
    length: Array


def _lists(of_each: list[tuple[str, ...]]) -> _Lists:
    length = np.array([len(keys) for keys in of_each])
    flat = pa.array([key for keys in of_each for key in keys], type=pa.string())
    return _Lists(flat, np.cumsum(length) - length, length)


@cache
def _known(name: str) -> dict[str, _Lists]:
    """Themes, promised themes and words of each statement of that name."""
    texts: list[str] = sentences()[name]
    return {
        "theme": _lists([label(text) for text in texts]),
        "promised": _lists([promised(text) for text in texts]),
        "term": _lists([tuple(term for term, _ in terms([text])) for text in texts]),
    }


def _statements(rng: Generator, reports: int) -> dict[str, pa.Table]:
    """Problems and remedies of each report, their themes and the words of the problems."""
    count = rng.integers(1, MOST_STATEMENTS + 1, reports)
    numbers, ordinals = _spread(np.arange(reports), count)
    tables = {}
    for table, name, kind in (("problem", "problems", "theme"), ("remedy", "remedies", "promised")):
        texts = sentences()[name]
        chosen = rng.permuted(np.tile(np.arange(len(texts)), (reports, 1)), axis=1)[numbers, ordinals]
        said = pa.array(texts).take(pa.array(chosen))
        tables[table] = _table(table, {"report_no": numbers, "ordinal": ordinals + 1, "text": said})
        rows, keys = _taken(_known(name)[kind], chosen)
        marks = {"report_no": numbers[rows], "ordinal": ordinals[rows] + 1, "theme": keys}
        tables[f"{table}_theme"] = _table(f"{table}_theme", marks)
        if table == "problem":
            tables["term"] = _terms(numbers, chosen)
    return tables


def _terms(numbers: Array, chosen: Array) -> pa.Table:
    """Each word of a report's problems once, with how often it stands there."""
    rows, keys = _taken(_known("problems")["term"], chosen)
    said = pa.table({"report_no": numbers[rows], "term": keys}).group_by(["report_no", "term"], use_threads=False)
    counted = said.aggregate([([], "count_all")])
    return _table("term", {"report_no": counted["report_no"], "term": counted["term"], "n": counted["count_all"]})


def _spread(values: Array, count: Array) -> tuple[Array, Array]:
    """Each value so often, and beside it how many of it came before."""
    repeated = np.repeat(values, count)
    return repeated, np.arange(len(repeated)) - np.repeat(np.cumsum(count) - count, count)


def _taken(lists: _Lists, chosen: Array) -> tuple[Array, pa.Array]:
    """The keys of all the chosen statements, and the row of `chosen` that each belongs to."""
    rows, within = _spread(np.arange(len(chosen)), lists.length[chosen])
    return rows, lists.keys.take(pa.array(lists.first[chosen[rows]] + within))
