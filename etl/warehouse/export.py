"""Everything that the filters leave, as CSV files in one zip: what a person takes away or another program reads."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from etl.spreadsheet import harmless
from etl.warehouse.picked import picked
from etl.warehouse.store import PART, current_file, read_current
from etl.warehouse.warehouse import sql

FILTERS = ("year", "province", "city", "county", "kind", "agency", "same", "sound")
FILES = ("reports_wide", "cells_long", "metrics_long", "findings", "problems", "metric_dictionary")
_VALUES = {"year": re.compile(r"\d{4}", re.ASCII), "same": re.compile("[01]"), "sound": re.compile("[01]")}
_ANY = re.compile(".*", re.DOTALL)
_UNASSIGNED = "none"
_ON = "1"
_ROWS = 10_000


def parse_filters(words: Iterable[str]) -> dict[str, list[str]]:
    """`name=value` words as values by name, every name present. ValueError for what is no filter."""
    chosen: dict[str, list[str]] = {name: [] for name in FILTERS}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in chosen or not _VALUES.get(name, _ANY).fullmatch(value):
            raise ValueError(word)
        chosen[name].append(value)
    return chosen


def export(folder: Path, out: Path, filters: Mapping[str, list[str]]) -> dict[str, int]:
    """Write the zip and return the rows of each file. NoWarehouseError when nothing was ever loaded.

    It gets its name when it is whole: half of one would open as if nothing were missing. A device is not replaced.
    """
    if out.exists() and not out.is_file():
        return _pack(folder, out, filters)
    part = out.with_name(f"{out.name}{PART}")
    try:
        rows = _pack(folder, part, filters)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return rows


def _pack(folder: Path, out: Path, filters: Mapping[str, list[str]]) -> dict[str, int]:
    with read_current(folder) as connection, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        connection.execute("set variable chosen = $chosen", {"chosen": _chosen(filters)})
        connection.execute(picked(_ON in filters["same"]))
        rows = {}
        for name in FILES:
            with archive.open(f"{name}.csv", "w") as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
                rows[name] = _write(connection, name, text)
        archive.writestr("README.txt", "\ufeff" + _readme(current_file(folder).name, filters, rows))
    return rows


def _chosen(filters: Mapping[str, list[str]]) -> dict[str, object]:
    """The filters as `sql/filtered.sql` reads them."""
    return {
        "years": [int(year) for year in filters["year"]],
        "provinces": filters["province"],
        "cities": filters["city"],
        "counties": [code for code in filters["county"] if code != _UNASSIGNED],
        "unassigned": _UNASSIGNED in filters["county"],
        "kinds": filters["kind"],
        "agencies": filters["agency"],
        "same": _ON in filters["same"],
        "sound": _ON in filters["sound"],
    }


def _write(connection: duckdb.DuckDBPyConnection, name: str, text: io.TextIOWrapper) -> int:
    cursor = connection.execute(sql(f"export/{name}"))
    writer = csv.writer(text)
    writer.writerow([column[0] for column in cursor.description])
    written = 0
    while rows := cursor.fetchmany(_ROWS):
        writer.writerows([harmless(_whole(value)) for value in row] for row in rows)
        written += len(rows)
    return written


def _whole(value: object) -> object:
    """A whole number without a point; anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _readme(build: str, filters: Mapping[str, list[str]], rows: Mapping[str, int]) -> str:
    lines = [f"warehouse: {build}", "filters:"]
    lines += [f"  {name} = {', '.join(values)}" for name, values in filters.items() if values] or ["  none"]
    lines += ["rows:", *(f"  {name}.csv: {number}" for name, number in rows.items())]
    lines += [
        "",
        "UTF-8 with byte order mark. An empty value is unknown, never 0: cells_long.csv says in `state` which of",
    ]
    lines += [
        "blank, dash, unreadable or missing it is. A ratio is numerator / denominator as metric_dictionary.csv says."
    ]
    return "\n".join(lines) + "\n"
