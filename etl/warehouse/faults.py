"""What an error of DuckDB means to the person who runs the program, where it is none of the program's faults."""

from __future__ import annotations

from enum import StrEnum

import duckdb


class Fault(StrEnum):
    """What stands in the way; each calls for something else."""

    IN_USE = "in_use"
    NOT_PERMITTED = "not_permitted"
    NO_ROOM = "no_room"
    NO_MEMORY = "no_memory"
    DAMAGED = "damaged"
    SYSTEM = "system"


_SAID = {
    "Could not set lock": Fault.IN_USE,
    "Permission denied": Fault.NOT_PERMITTED,
    "Operation not permitted": Fault.NOT_PERMITTED,
    "Read-only file system": Fault.NOT_PERMITTED,
    "No space left": Fault.NO_ROOM,
    "File too large": Fault.NO_ROOM,
    "Disk quota exceeded": Fault.NO_ROOM,
    "Corrupt database": Fault.DAMAGED,
    "not a valid DuckDB database": Fault.DAMAGED,
    "Could not read enough bytes": Fault.DAMAGED,
}
"""DuckDB gives all of these one type, so its words must tell them apart."""


def fault(error: duckdb.Error) -> Fault | None:
    """What the error is due to; None where only the program itself can be at fault."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return Fault.NO_MEMORY
    said = next((found for words, found in _SAID.items() if words in str(error)), None)
    if said is not None:
        return said
    if isinstance(error, duckdb.SerializationException):
        return Fault.DAMAGED
    return Fault.SYSTEM if isinstance(error, duckdb.IOException) else None


def first_line(error: BaseException) -> str:
    """What the error says in one line; DuckDB goes on with hints for whoever writes statements."""
    return str(error).strip().partition("\n")[0]
