"""What one file says once it is read: the value objects that pass between the stages and into the warehouse."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class State(StrEnum):
    """The four kinds of nothing beside a number; they stay apart up to the page and the export."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"
    MISSING = "missing"


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Status(StrEnum):
    """Outcome of a rule on a report; a null operand makes it not assessable, never a pass."""

    FAIL = "fail"
    NOT_ASSESSABLE = "not_assessable"


class FormCell(NamedTuple):
    """Address of a cell of the statutory form, as in `forms/*.yml`."""

    table_no: int
    row_key: str
    column_key: str

    @property
    def key(self) -> str:
        """`table/row/column`, the key that the contract uses."""
        return f"{self.table_no}/{self.row_key}/{self.column_key}"


class ReportCell(Struct, frozen=True, gc=False):
    """A cell as printed. `value` is None unless `state` is NUMBER; `printed` is the source's text, `place` where."""

    at: FormCell
    value: float | None
    state: State
    printed: str
    place: str


class Section(Struct, frozen=True):
    """One of the six sections by meaning (1–6); `heading` and `text` as in the source, lines joined by newlines."""

    section_no: int
    heading: str
    text: str
    place: str


class Finding(Struct, frozen=True):
    """A doubt with its place. `cells` holds `table/row/column` keys, `rule` a key of `../shared/rules.md`'s list."""

    rule: str
    severity: Severity
    message: str
    place: str = ""
    cause: str = ""
    cells: tuple[str, ...] = ()
    status: Status = Status.FAIL


class Identity(Struct, frozen=True):
    """Who reports on which year. `agency` is the full name as far as the text gives it; `kind` is one of
    national, province, province_dept, city, city_dept, county, county_dept, township, subdistrict, other.
    `key` is the same in all years of an agency, whichever places its reports put before its name; empty without one."""

    agency: str | None
    year: int | None
    published_on: date | None
    title: str
    kind: str
    key: str = ""


class Region(Struct, frozen=True):
    """Where the agency belongs by the gazetteer.

    Codes are six digits (province, city, county). `county_then` is the county valid in the report's year, in the
    short form if the report uses one; `county`/`county_code` are the present one. `level` is the confidence: named,
    named-historic, town-unique, town-unique-early, hinted, suffix-relaxed, ambiguous, none, city-or-province. With
    `ambiguous` the county is None and `candidates` lists what it could be (`code name`).
    """

    province: str | None = None
    province_code: str | None = None
    city: str | None = None
    city_code: str | None = None
    county: str | None = None
    county_code: str | None = None
    county_then: str | None = None
    township: str | None = None
    level: str = "none"
    candidates: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """The code of the county, else of the city or province; None where the place is open."""
        return self.county_code or self.city_code or self.province_code


class Statements(Struct, frozen=True):
    """Section five split: problem statements and remedies, each a verbatim run of the section's text."""

    problems: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """One report, ready for the warehouse. `form` is 2021, 2019, pre2019 or unknown.

    `problem_themes` and `remedy_themes` hold the theme keys of each statement, in the order of `statements`;
    `theme_words` the words that speak for each key of `problem_themes`, `phrases` those of each problem statement.
    `transcribed` tells that the file itself says that it is a transcription with its prose summarised.
    """

    source_path: str
    source_sha256: str
    identity: Identity
    region: Region
    form: str
    layout: str
    cells: tuple[ReportCell, ...]
    sections: tuple[Section, ...]
    statements: Statements
    terms: tuple[tuple[str, int], ...] = ()
    findings: tuple[Finding, ...] = ()
    problem_themes: tuple[tuple[str, ...], ...] = ()
    remedy_themes: tuple[tuple[str, ...], ...] = ()
    theme_words: tuple[tuple[tuple[str, ...], ...], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    transcribed: bool = False
