"""The door to the warehouse: finds the build that counts, keeps one read-only connection to it, runs the `.sql` files.

A load never touches the file that is being read: it writes another one and moves the pointer file `current`.
So the connection is swapped when the pointer has moved, and every query has a cursor of its own.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dashboard.queries.selection import Selection
from etl.warehouse.faults import Fault, fault
from etl.warehouse.picked import picked

_PROJECT = Path(__file__).resolve().parents[2]
_SQL = Path(__file__).resolve().parents[1] / "sql"
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "2GB",
    "threads": 2,
    "temp_directory": "",
    "dynamic_or_filter_threshold": 3000,
    "python_enable_replacements": False,
}
"""A join with up to 3,000 rows, as the cells of a page of findings are, reads only the parts of a table with them."""
_CACHED_ANSWERS = 512
_VECTORS = 8
"""Vectors of 2,048 rows in a piece of a streamed answer."""

_UNNAMED = "unnamed"
_OF_COHORTS = "cohort_"
_OF_PROVINCES = "wide_"
_VIEWS = {_OF_COHORTS: "picked_cohorts", _OF_PROVINCES: "picked_wide"}

Values = Mapping[str, object]


class NoWarehouseError(LookupError):
    """There is no warehouse yet: nothing was ever loaded into the folder."""


class DamagedWarehouseError(NoWarehouseError):
    """The pointer names a file that is gone or that DuckDB cannot open."""


def folder() -> Path:
    """The warehouse's folder: `NIANBAO_WAREHOUSE`, else `data/warehouse` of the project."""
    return Path(os.environ.get("NIANBAO_WAREHOUSE") or _PROJECT / "data" / "warehouse")


def build() -> str:
    """Path of the DuckDB file that counts now; the one that is open when the new one is damaged.

    NoWarehouseError when the pointer file is not there, DamagedWarehouseError when no file can be opened.
    """
    pointer = folder() / "current"
    try:
        name = pointer.read_bytes().decode().strip()
    except FileNotFoundError as error:
        raise NoWarehouseError(str(pointer)) from error
    except (OSError, UnicodeDecodeError):
        name = ""
    return _DOOR.turn_to(str(folder() / (Path(name).name or _UNNAMED)))


class OtherVersionError(NoWarehouseError):
    """Another version of the program made the warehouse, with other views than this one asks."""


class _Door:
    """Holds the connection to one build; asking for another build swaps it.

    The build is attached to a database in memory: one process must not open a file twice with different settings.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._path: str | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None

    def turn_to(self, path: str) -> str:
        """Open the build at `path` and return it, or the build of the same folder that is open when it is damaged."""
        with self._lock:
            try:
                self._opened(path)
            except duckdb.Error as error:
                if self._path is None or Path(self._path).parent != Path(path).parent:
                    raise DamagedWarehouseError(path) from error
                return self._path
            return path

    def cursor(self, path: str) -> duckdb.DuckDBPyConnection:
        with self._lock:
            cursor = self._opened(path).cursor()
        return cursor.execute("use warehouse")

    def close(self) -> None:
        """Let go of the build and of what was read of it; the next question opens it again."""
        with self._lock:
            self._connection = self._path = None

    def _opened(self, path: str) -> duckdb.DuckDBPyConnection:
        if self._connection is None or path != self._path:
            connection = duckdb.connect(config=_SETTINGS)
            connection.execute("attach $path as warehouse (read_only)", {"path": path})
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
            self._connection, self._path = connection, path
        return self._connection


_DOOR = _Door()


@cache
def statement(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def _understood(path: str) -> Iterator[None]:
    """Tell a file that is damaged inside, or of another version, from a fault of the program."""
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise OtherVersionError(path) from error
    except duckdb.Error as error:
        if fault(error) is Fault.DAMAGED:
            raise DamagedWarehouseError(path) from error
        raise


def run(path: str, name: str, selection: Selection | None, values: Values) -> pd.DataFrame:
    """The rows `sql/<name>.sql` gives on the build at `path`.

    With a selection, the statement can read `picked`: one row per report the filters leave, or, when its name says so,
    `picked_cohorts` or `picked_wide`.
    """
    with _understood(path), _DOOR.cursor(path) as cursor:
        if selection is not None:
            _pick(cursor, selection, _view_for(name, selection))
        return cursor.execute(statement(name), dict(values)).df()


def _view_for(name: str, selection: Selection) -> str:
    view = next((view for start, view in _VIEWS.items() if name.startswith(start)), None)
    return picked(selection.same) if view is None else statement(view)


def _pick(cursor: duckdb.DuckDBPyConnection, selection: Selection, view: str) -> None:
    """Make the view for this cursor: `picked` with the statement that the export uses too."""
    cursor.execute("set variable chosen = $chosen", {"chosen": selection.parameters()})
    cursor.execute(view)


def stream(name: str, selection: Selection) -> Iterator[pd.DataFrame]:
    """The rows of `sql/<name>.sql` on the present build in frames of some ten thousand; at least one, maybe empty."""
    path = build()
    with _understood(path), _DOOR.cursor(path) as cursor:
        _pick(cursor, selection, picked(selection.same))
        cursor.execute(statement(name))
        frame = cursor.fetch_df_chunk(_VECTORS)
        yield frame
        while len(frame):
            frame = cursor.fetch_df_chunk(_VECTORS)
            yield frame


@lru_cache(maxsize=_CACHED_ANSWERS)
def _answer(
    path: str, name: str, selection: Selection | None, values: tuple[tuple[str, Hashable], ...]
) -> pd.DataFrame:
    return run(path, name, selection, {key: _plain(value) for key, value in values})


def _plain(value: Hashable) -> object:
    return list(value) if isinstance(value, tuple) else value


def ask(name: str, selection: Selection | None = None, **values: Hashable) -> pd.DataFrame:
    """Like `run` on the present build, kept until the build changes. The frame is shared: copy before changing it."""
    return _answer(build(), name, selection, tuple(sorted(values.items())))


def forget_answers() -> None:
    """Let the next question be asked again, whatever was answered."""
    _answer.cache_clear()


def start_anew() -> None:
    """Forget every answer and close the build, as if the process had just begun."""
    forget_answers()
    _DOOR.close()


def ask_sums(name: str, selection: Selection, **values: Hashable) -> pd.DataFrame:
    """Like `ask`, from the sums over cohorts (`sql/cohort_<name>.sql`) where the selection allows it."""
    return ask(f"{_OF_COHORTS}{name}" if selection.takes_whole_cohorts else name, selection, **values)


def ask_words(name: str, selection: Selection, **values: Hashable) -> pd.DataFrame:
    """Like `ask`, from the sums over whole provinces (`sql/wide_<name>.sql`) where the selection allows it."""
    return ask(f"{_OF_PROVINCES}{name}" if selection.takes_whole_provinces else name, selection, **values)


def ask_afresh(name: str, selection: Selection | None = None, **values: Any) -> pd.DataFrame:
    """Like `ask` without keeping the answer: for downloads, whose frames can be large."""
    return run(build(), name, selection, values)
