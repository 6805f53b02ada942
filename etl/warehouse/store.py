"""The warehouse's folder: versioned DuckDB files, the pointer `current` to the one that counts, and a lock for loads.

Readers open what the pointer names and are never waited for: a load writes another file and moves the pointer.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.paths import SQL
from etl.warehouse.faults import Fault, fault

POINTER = "current"
PART = ".part"
_VERSION = re.compile(r"wh-[\w.-]{1,80}\.duckdb")
_SHOWN = 80
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}


class NoWarehouseError(LookupError):
    """Nothing was ever loaded into the folder."""


class DamagedWarehouseError(RuntimeError):
    """The pointer names a file that is gone or that DuckDB cannot open."""


class LoadRunningError(RuntimeError):
    """Another load holds the folder's lock."""


def current_file(folder: Path) -> Path:
    """The DuckDB file that counts. NoWarehouseError without a pointer, DamagedWarehouseError when its file is gone."""
    pointer = folder / POINTER
    try:
        name = pointer.read_bytes().decode().strip()
    except FileNotFoundError as error:
        raise NoWarehouseError(str(folder)) from error
    except (UnicodeDecodeError, IsADirectoryError) as error:
        raise DamagedWarehouseError(str(pointer)) from error
    if not _VERSION.fullmatch(name):
        raise DamagedWarehouseError(f"{pointer} -> {name[:_SHOWN]}")
    path = folder / name
    if not path.is_file() or not path.stat().st_size:
        raise DamagedWarehouseError(f"{pointer} -> {name}")
    return path


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection without progress bar and without downloads. DamagedWarehouseError when the file is no whole one;
    one that is in use or may not be opened raises what DuckDB says.
    """
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=_SETTINGS)
    except duckdb.Error as error:
        if isinstance(error, duckdb.InternalException) or fault(error) is Fault.DAMAGED:
            raise DamagedWarehouseError(f"{path}: {error}") from error
        raise
    connection.execute("set enable_progress_bar = false")
    return connection


@contextmanager
def connect_new(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a new file, which is of no use before a `checkpoint`: no log is kept beside it, and no wait for
    the disk after each statement. Raises like `connect`."""
    with connect(Path(":memory:"), read_only=False) as connection:
        connection.execute("set temp_directory = $folder", {"folder": f"{path}.tmp"})
        connection.execute("attach $path as warehouse (recovery_mode no_wal_writes)", {"path": str(path)})
        connection.execute("use warehouse")
        yield connection


def read_current(folder: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the file that counts. Raises like `current_file` and `connect`."""
    return connect(current_file(folder), read_only=True)


def publish(part: Path) -> Path:
    """Give a whole `….part` file its name, move the pointer to it in one rename, drop all but it and the former."""
    whole = part.with_name(part.name.removesuffix(PART))
    _sync(part)
    part.replace(whole)
    pointer = whole.with_name(POINTER)
    former = pointer.read_bytes().decode(errors="replace").strip() if pointer.is_file() else ""
    fresh = pointer.with_name(f"{POINTER}.{os.getpid()}{PART}")
    fresh.write_text(f"{whole.name}\n", encoding="utf-8")
    _sync(fresh)
    fresh.replace(pointer)
    _drop_old(whole, former)
    return whole


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _drop_old(newest: Path, former: str) -> None:
    """Remove versions but the newest and the one that counted before, and what killed loads left.

    The youngest of the others need not be a good one: a damaged file may be younger than the one that was put back.
    """
    others = sorted(newest.parent.glob("wh-*.duckdb"), key=lambda path: path.stat().st_mtime_ns)
    others.remove(newest)
    kept = next((path for path in others if path.name == former), others[-1] if others else None)
    for path in others:
        if path != kept:
            path.unlink(missing_ok=True)
    clear_leftovers(newest.parent)


def clear_leftovers(folder: Path) -> None:
    """Remove half-written files of loads that were killed; call only while holding the lock."""
    for path in (*folder.glob(f"*{PART}"), *folder.glob(f"*{PART}.wal"), *folder.glob(f"*{PART}.tmp")):
        if path.is_dir():
            for inner in path.iterdir():
                inner.unlink(missing_ok=True)
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


_TAKEN = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
"""What a lock says that another process holds; a file system without locks says something else."""


@contextmanager
def load_lock(folder: Path) -> Iterator[None]:
    """Hold the folder for one load; the system frees the lock when the process dies. Raises LoadRunningError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "load.lock").open("a+b") as file:
        try:
            _take(file.fileno())
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            raise LoadRunningError(str(folder)) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def content_hash(path: Path) -> str:
    """Equal for two warehouse files whose views hold the same rows, whenever and in whatever order they were loaded."""
    with connect(path, read_only=True) as connection:
        rows = connection.execute((SQL / "content_hash.sql").read_text(encoding="utf-8")).fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()
