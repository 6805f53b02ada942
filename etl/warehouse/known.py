"""What the present warehouse knows of the files it was made of: what a load need not read again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.load.scan import REFUSALS, Offer
from etl.load.version import parser_version
from etl.warehouse.store import NoWarehouseError, current_file, read_current
from etl.warehouse.warehouse import OtherStructureError, dictionary_version, sql, structure

TRIED_AGAIN = ("not_found", "not_readable", "too_slow", "too_much_memory", "crashed")
"""Reasons that may be gone the next time although the file is the same."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the warehouse holds of a file."""

    sha256: str | None
    bytes: int | None
    modified_ns: int | None
    outcome: str
    reason: str | None
    detail: str | None
    report_id: str | None
    parser_version: str

    def is_still(self, offer: Offer) -> bool:
        """Whether the file is as it was, by size and time, and this parser would say the same again."""
        same = (self.bytes, self.modified_ns) == (offer.bytes, offer.modified_ns)
        refused = self.reason if self.reason in REFUSALS else ""
        settled = self.reason not in TRIED_AGAIN and offer.refused == refused
        return same and settled and self.parser_version == parser_version()


@dataclass(frozen=True, slots=True)
class Held:
    """The present warehouse: its files by path, the version of its dictionaries (None without a warehouse).

    One of another structure cannot be carried over: `files` is empty and `to_reread` names the files of its reports.
    """

    files: dict[str, Known]
    dictionary: str | None = None
    to_reread: tuple[Path, ...] = ()
    carried: bool = True


def is_of_this_version(folder: Path) -> bool:
    """Whether the folder's warehouse was built by the dictionaries and statements of this version."""
    with read_current(folder) as connection:
        try:
            [(found,)] = connection.execute(sql("dictionary_version")).fetchall()
        except (duckdb.CatalogException, duckdb.BinderException):
            return False
    return bool(found == dictionary_version())


def held(folder: Path) -> Held:
    """What the folder's warehouse holds. OtherStructureError when it can neither be carried over nor read again."""
    try:
        connection = read_current(folder)
    except NoWarehouseError:
        return Held({})
    with connection:
        try:
            [(found,)] = connection.execute(sql("structure")).fetchall()
            if found == structure():
                rows = connection.execute(sql("known")).fetchall()
                [(dictionary,)] = connection.execute(sql("dictionary_version")).fetchall()
                return Held({row[0]: Known(*row[1:]) for row in rows}, dictionary)
            paths = [Path(path) for (path,) in connection.execute(sql("read_paths")).fetchall()]
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise OtherStructureError(str(current_file(folder))) from error
    lost = [path for path in paths if not path.is_file()]
    if lost:
        raise OtherStructureError(f"{current_file(folder)} ({len(lost)} of its files are gone, such as {lost[0]})")
    return Held({}, None, tuple(paths), carried=False)
