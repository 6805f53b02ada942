"""What differs between two warehouses: what a new version of the parser, or new files, would change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.warehouse.faults import Fault, fault
from etl.warehouse.store import DamagedWarehouseError, connect, current_file
from etl.warehouse.warehouse import OtherStructureError, sql

PARTS = ("reports", "cells", "findings")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: which, how (`added`, `removed`, `changed`, `other file`), and what both say."""

    what: str
    change: str
    old: str
    new: str


def differences(old: Path, new: Path) -> dict[str, list[Difference]]:
    """Differences by part, for two warehouse folders or DuckDB files.

    Cells and findings are compared where both count the report. NoWarehouseError, DamagedWarehouseError,
    OtherStructureError when one has not the views of the other.
    """
    with connect(Path(":memory:"), read_only=False) as connection:
        for name, path in (("old", old), ("new", new)):
            file = path if path.is_file() else current_file(path)
            _attach(connection, name, file)
        try:
            return {part: _part(connection, part) for part in PARTS}
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise OtherStructureError(f"{old} or {new}") from error


def _part(connection: duckdb.DuckDBPyConnection, part: str) -> list[Difference]:
    rows = connection.execute(sql(f"diff/{part}")).fetchall()
    return [Difference(*("" if value is None else str(value) for value in row)) for row in rows]


def _attach(connection: duckdb.DuckDBPyConnection, name: str, file: Path) -> None:
    try:
        connection.execute(f"attach $file as {name} (read_only)", {"file": str(file.resolve())})
    except duckdb.Error as error:
        if fault(error) is Fault.DAMAGED:
            raise DamagedWarehouseError(f"{file}: {error}") from error
        raise
