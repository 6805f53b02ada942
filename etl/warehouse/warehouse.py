"""The one writer: builds a new warehouse file from the old one and what a load has read, and makes it count.

Until the pointer moves, which is the last step, nothing that a reader can see has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from etl.checks.run import prepare_checks, run_checks
from etl.paths import SQL
from etl.warehouse.chunk import Chunk, SourceRow
from etl.warehouse.cohorts import store_cohorts
from etl.warehouse.columns import untyped
from etl.warehouse.dictionary import dictionaries
from etl.warehouse.faults import Fault, fault, first_line
from etl.warehouse.metric_store import finish_metrics, start_metrics
from etl.warehouse.reuse_store import reuse_beside
from etl.warehouse.rows import batch, together
from etl.warehouse.store import (
    PART,
    DamagedWarehouseError,
    NoWarehouseError,
    clear_leftovers,
    connect_new,
    current_file,
    publish,
)

MEMORY = "1GB"
_BUFFERED_FILES = 2000
_MANY = 10_000
"""From so many reports on, what needs all of them is worth more than one thread."""
_SCHEMA = ("schema", "schema_cohorts", "schema_problems")
_STOPPED = (duckdb.FatalException, duckdb.IOException, duckdb.OutOfMemoryException, duckdb.TransactionException)
"""What a full disk or memory makes DuckDB say, there and then or in the statements that follow."""


class NotWrittenError(RuntimeError):
    """The disk or the memory did not suffice for the new file."""


class OtherStructureError(RuntimeError):
    """The warehouse was built with other tables than this version's."""


_FIELDS = attrgetter(*(field.name for field in fields(SourceRow)))


def sql(name: str) -> str:
    """The text of `etl/sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


@cache
def _no_facts() -> pa.Table:
    return together([batch(())], 0)["fact"]


@cache
def structure() -> str:
    """Tells the tables of one version from those of another: a file of another structure is not carried over."""
    columns = ",".join(_no_facts().column_names)
    return hashlib.sha256(("".join(map(sql, _SCHEMA)) + columns).encode()).hexdigest()[:16]


@cache
def dictionary_version() -> str:
    """Changes with the dictionaries and with any statement that the warehouse is built by, not with the parser."""
    statements = [path.read_text(encoding="utf-8") for path in sorted(SQL.rglob("*.sql"))]
    return hashlib.sha256(repr((dictionaries(), statements)).encode()).hexdigest()[:16]


def build(
    folder: Path, chunks: Iterable[Chunk], parser_version: str, *, carry_over: bool = True, memory: str = MEMORY
) -> Path:
    """Write, and make count, a warehouse of the old one's reports and these; returns its file.

    Files named in the chunks replace what the old warehouse has of them; without `carry_over` nothing of it is taken.
    DuckDB takes so much memory, the rest goes to disk.
    The caller holds `store.load_lock`.
    OtherStructureError when the old warehouse cannot be carried over, DamagedWarehouseError when it cannot be read,
    NotWrittenError when there is no room.
    """
    clear_leftovers(folder)
    old = _old_file(folder) if carry_over else None
    created = datetime.now(UTC).replace(tzinfo=None)
    build_id = created.strftime("%Y%m%dT%H%M%S%f")
    part = folder / f"wh-{build_id}.duckdb{PART}"
    about = (build_id, created, parser_version, dictionary_version(), structure())
    try:
        with connect_new(part) as connection:
            connection.execute(sql("limits").format(memory=memory))
            writer = _Writer(connection)
            writer.begin(about, old)
            writer.take(chunks)
            writer.finish(old is not None)
            connection.execute("checkpoint")
        return publish(part)
    except duckdb.Error as error:
        if fault(error) is Fault.DAMAGED:
            raise DamagedWarehouseError(first_line(error)) from error
        if not isinstance(error, _STOPPED):
            raise
        raise NotWrittenError(str(error)) from error
    finally:
        clear_leftovers(folder)


def _old_file(folder: Path) -> Path | None:
    try:
        return current_file(folder)
    except NoWarehouseError:
        return None


class _Writer:
    """One build on one connection: `begin`, then `take`, then `finish`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._reports = 0

    def begin(self, about: tuple[Any, ...], old: Path | None) -> None:
        """The empty tables and the dictionaries; new reports are numbered on from the old ones."""
        self._connection.register("fact_shape", _no_facts())
        for name in (*_SCHEMA, "dictionary", "build/staging"):
            self._connection.execute(sql(name))
        self._connection.unregister("fact_shape")
        self._connection.execute("insert into base.build values (?, ?, ?, ?, ?)", about)
        for name, rows in dictionaries().items():
            self._append(f"base.{name}", untyped(rows))
        if old is not None:
            self._attach(old)

    def _attach(self, old: Path) -> None:
        self._connection.execute("attach $old as old (read_only)", {"old": str(old)})
        if _only(self._connection, "select structure from old.base.build") != structure():
            raise OtherStructureError(str(old))
        last = _only(self._connection, "select max(report_no) from old.base.fact")
        self._reports = 0 if last is None else last + 1

    def take(self, chunks: Iterable[Chunk]) -> None:
        """Insert what has been read, many reports at a time."""
        for some in _buffered(chunks):
            self._append("incoming_source", untyped([_FIELDS(source) for chunk in some for source in chunk.sources]))
            for name, table in together([chunk.batch for chunk in some], self._reports).items():
                self._take(name, table)
            self._reports += sum(chunk.batch.reports for chunk in some)

    def _take(self, name: str, table: pa.Table) -> None:
        if name == "cell":
            self._connection.register("incoming_cell", table)
            self._connection.execute(sql("build/cells"))
            self._connection.unregister("incoming_cell")
        else:
            self._append("incoming_fact" if name == "fact" else f"base.{name}", table)

    def _append(self, target: str, table: pa.Table) -> None:
        if table.num_rows:
            self._connection.from_arrow(table).insert_into(target)

    def finish(self, has_old: bool) -> None:
        """Everything that needs all reports: what is carried over, what counts, the metrics and the views."""
        if self._reports >= _MANY:
            self._connection.execute("reset threads")
        if has_old:
            self._connection.execute(sql("build/carry_over"))
            self._connection.execute("detach old")
            rivalled = self._connection.execute(sql("build/rivalled")).fetchall()
            self._connection.execute(sql("build/gone"), {"gone": [path for (path,) in rivalled if _is_gone(path)]})
        for name in ("build/facts", "build/sources"):
            self._connection.execute(sql(name))
        with reuse_beside(self._connection):
            prepare_checks(self._connection)
            start_metrics(self._connection, self._reports)
        run_checks(self._connection)
        finish_metrics(self._connection, self._reports)
        store_cohorts(self._connection)
        for path in sorted((SQL / "views").glob("*.sql")):
            self._connection.execute(path.read_text(encoding="utf-8"))


def _is_gone(path: str) -> bool:
    """Whether neither the file is there nor the archive that it was in; what cannot be looked at may be there."""
    try:
        Path(path).lstat()
    except FileNotFoundError:
        return not any(folder.is_file() for folder in Path(path).parents)
    except OSError:
        return False
    return False


def _only(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    rows = connection.execute(query).fetchall()
    return rows[0][0]


def _buffered(chunks: Iterable[Chunk]) -> Iterator[list[Chunk]]:
    held: list[Chunk] = []
    for chunk in chunks:
        held.append(chunk)
        if sum(one.files for one in held) >= _BUFFERED_FILES:
            yield held
            held = []
    if held:
        yield held
