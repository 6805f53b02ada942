"""Known errors of sources (`data/corrections.yml`): what is known of a printed figure, which itself never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from etl.paths import DATA
from etl.report import Finding, Identity, Region, Report, ReportCell, Severity, State
from etl.tables.values import printable
from etl.yml import read_yml

RULE = "K1"
_Whose = tuple[str | None, str | None, int | None]
_SAYS_NOTHING = (State.MISSING, State.UNREADABLE)
"""States of a cell that neither bear a row out nor speak against it: the figure may stand in what was not read."""


@dataclass(frozen=True, slots=True)
class KnownError:
    """`printed` stands in `cell` (`table/row/column`) of that agency's report; `meant` is None where none can tell.

    `division` is the six digits of the agency's county, else of its city or province: fifty towns may share a name.
    """

    agency: str
    division: str
    year: int
    cell: str
    printed: str
    reason: str
    meant: float | None = None

    @property
    def whose(self) -> _Whose:
        """The report that it stands in."""
        return self.agency, self.division, self.year


@cache
def known_errors() -> tuple[KnownError, ...]:
    """Every row of the file. TypeError when one lacks a field or has another, ValueError when one gives no reason."""
    data = read_yml(DATA / "corrections.yml")
    rows = tuple(KnownError(**row) for row in data["corrections"])
    unfounded = [row.cell for row in rows if not row.reason]
    if unfounded:
        raise ValueError(f"no reason: {unfounded}")
    return rows


@cache
def _by_report() -> Mapping[_Whose, list[KnownError]]:
    found: dict[_Whose, list[KnownError]] = {}
    for row in known_errors():
        found.setdefault(row.whose, []).append(row)
    return found


def _whose(identity: Identity, region: Region) -> _Whose:
    return identity.agency, region.code, identity.year


def check_known(identity: Identity, region: Region, cells: Iterable[ReportCell]) -> tuple[Finding, ...]:
    """A finding for each known error of the report: info, or an error where the report prints something else.

    The latter tells that the row is out of date: a load names it and does not end with 0 until somebody mends the row.
    """
    rows = _by_report().get(_whose(identity, region), [])
    printed = {cell.at.key: cell for cell in cells if cell.state not in _SAYS_NOTHING} if rows else {}
    return tuple(_finding(row, printed[row.cell]) for row in rows if row.cell in printed)


def _finding(row: KnownError, cell: ReportCell) -> Finding:
    if not _bears_out(cell, row.printed):
        now = "now blank" if cell.state is State.BLANK else f"printed {cell.printed}"
        message = f"known error was {row.printed}, {now}"
        return Finding(RULE, Severity.ERROR, message, cell.place, cells=(row.cell,))
    meant = "" if row.meant is None else f", meant {row.meant:g}"
    return Finding(
        RULE, Severity.INFO, f"known error: printed {row.printed}{meant}: {row.reason}", cell.place, cells=(row.cell,)
    )


def _bears_out(cell: ReportCell, printed: str) -> bool:
    """The cell prints that text, or the same number in another spelling."""
    number = printable().whole_cell.fullmatch(printed)
    same = number is not None and cell.value == float(number["number"].replace(",", ""))
    return same or cell.printed.strip() == printed


def stale(reports: Iterable[Report]) -> Iterator[KnownError]:
    """The rows that none of the reports bears out: its agency's report of the year is not there or prints otherwise."""
    borne_out = {
        (_whose(report.identity, report.region), cell.at.key, cell.printed.strip())
        for report in reports
        for cell in report.cells
    }
    return (row for row in known_errors() if (row.whose, row.cell, row.printed) not in borne_out)
