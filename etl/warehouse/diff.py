"""What differs between two warehouses: what a new version of the parser, or new files, would change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.warehouse.store import DamagedWarehouseError, connect, current_file
from etl.warehouse.warehouse import sql

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

    Cells and findings are compared where both count the report. NoWarehouseError, DamagedWarehouseError.
    """
    with connect(Path(":memory:"), read_only=False) as connection:
        for name, path in (("old", old), ("new", new)):
            file = path if path.is_file() else current_file(path)
            _attach(connection, name, file)
        return {
            part: [
                Difference(*(str(value or "") for value in row))
                for row in connection.execute(sql(f"diff/{part}")).fetchall()
            ]
            for part in PARTS
        }


def _attach(connection: duckdb.DuckDBPyConnection, name: str, file: Path) -> None:
    try:
        connection.execute(f"attach $file as {name} (read_only)", {"file": str(file.resolve())})
    except (duckdb.IOException, duckdb.SerializationException) as error:
        raise DamagedWarehouseError(f"{file}: {error}") from error
