"""The findings of the present warehouse, as rows for the terminal, a spreadsheet or another program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

from etl.checks.corrections import RULE as KNOWN_ERROR
from etl.report import Severity
from etl.spreadsheet import harmless
from etl.warehouse.store import read_current
from etl.warehouse.warehouse import sql

Row = dict[str, str]


def findings(folder: Path, severity: str | None = None) -> list[Row]:
    """Every finding that says that something is wrong, gravest first. NoWarehouseError when nothing was loaded."""
    return _asked(folder, "check", {"severity": severity})


def _asked(folder: Path, name: str, values: Mapping[str, object]) -> list[Row]:
    with read_current(folder) as connection:
        cursor = connection.execute(sql(name), values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(_text, row), strict=True)) for row in cursor.fetchall()]


def has_errors(folder: Path) -> bool:
    """Whether any finding is an error, whichever of them are shown. Raises like `findings`."""
    return bool(findings(folder, Severity.ERROR))


def outdated_corrections(folder: Path) -> list[Row]:
    """The known errors whose report prints something else now: report, source_path, place, message."""
    return _asked(folder, "outdated_corrections", {"rule": KNOWN_ERROR})


def _text(value: object) -> str:
    return "" if value is None else str(value)


def as_csv(rows: list[Row]) -> str:
    """The rows with a heading; empty without rows."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    return text.getvalue() if rows else ""


def as_json(rows: list[Row]) -> str:
    """The rows as a JSON array."""
    return json.dumps(rows, ensure_ascii=False, indent=1)
