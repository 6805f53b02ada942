"""Accuracy against what a person read: reports with `NAME.truth.json` beside them are compared cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from etl.document import Rejected
from etl.form import Row
from etl.gazetteer.gazetteer import default
from etl.identity.agency import full_name
from etl.pipeline import read_report
from etl.report import Region, Report, ReportCell
from etl.tables.annex import annex_form
from etl.text import fold

TRUTH = ".truth.json"
_AMBIGUOUS = "ambiguous"
_TOTAL = "total"


class Verdict(StrEnum):
    """How a reading compares with the truth. `doubted` is for what is left open honestly, with its candidates; `open`
    for a missed number that nobody could tell from the file: its digits run into its neighbours'."""

    RIGHT = "right"
    WRONG = "wrong"
    INVENTED = "invented"
    MISSED = "missed"
    DOUBTED = "doubted"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Judged:
    """One value: what it is (`cell`, `agency`, `year`, `county`, `problem`), its truth, what was read, and why."""

    what: str
    key: str
    verdict: Verdict
    truth: str = ""
    read: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """One file. `layout` is what the truth calls it; `read_as` what the reader saw."""

    path: Path
    format: str
    layout: str
    read_as: str
    judged: tuple[Judged, ...]


def score_folder(folder: Path) -> list[Scored]:
    """Every report below the folder that has a truth file, in the order of their paths."""
    return [score_file(report, truth) for report, truth in _pairs(folder)]


def _pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    for truth in sorted(folder.rglob(f"*{TRUTH}")):
        stem = truth.name.removesuffix(TRUTH)
        for report in sorted(truth.parent.glob("*")):
            if report.stem == stem and report != truth:
                yield report, truth


def score_file(path: Path, truth_path: Path) -> Scored:
    """The judgement of one report. A rejected file misses everything that its truth knows."""
    truth = json.loads(truth_path.read_text(encoding="utf-8"))
    form = path.suffix.lstrip(".").lower()
    layout = truth.get("layout", form)
    try:
        report = read_report(path, path.read_bytes())
    except Rejected as rejected:
        return Scored(path, form, layout, "rejected", tuple(_all_missed(truth, str(rejected))))
    return Scored(path, form, layout, report.layout, tuple(judge(report, truth)))


def judge(report: Report, truth: dict[str, Any]) -> Iterator[Judged]:
    """Every value of the truth against the report, and what was read that is not in it."""
    yield from _cells(report, truth)
    yield from _indicators(report, truth)
    yield from _identity(report, truth)
    yield from _problems(report, truth)


def _all_missed(truth: dict[str, Any], why: str) -> Iterator[Judged]:
    for key, value in truth["cells"].items():
        if value is not None:
            yield Judged("cell", key, Verdict.MISSED, f"{value:g}", "", why)
    for what in ("agency", "year"):
        if truth[what] is not None:
            yield Judged(what, what, Verdict.MISSED, str(truth[what]), "", why)
    for statement in truth.get("problems", ()):
        yield Judged("problem", "", Verdict.MISSED, statement, "", why)


def _cells(report: Report, truth: dict[str, Any]) -> Iterator[Judged]:
    read = {cell.at.key: cell for cell in report.cells}
    doubts = {key: f"{finding.rule} {finding.message}" for finding in report.findings for key in finding.cells}
    lost = truth.get("undeterminable", ())
    for key, value in truth["cells"].items():
        cell = read.get(key)
        verdict = _cell_verdict(cell, value)
        if verdict is Verdict.MISSED and (key in lost or _runs_together(key, truth["cells"], read)):
            verdict = Verdict.OPEN
        shown = _shown(cell)
        why = doubts.get(key, "") if verdict is not Verdict.RIGHT else ""
        yield Judged("cell", key, verdict, "blank" if value is None else f"{value:g}", shown, why)


def _indicators(report: Report, truth: dict[str, Any]) -> Iterator[Judged]:
    """The annex of old, which truth files tell by its printed labels."""
    named = [
        (label, _key_named(label, heading), value)
        for label, columns in truth.get("indicators", {}).items()
        for heading, value in columns.items()
    ]
    known = {key: value for _, key, value in named if key}
    yield from _cells(report, {**truth, "cells": known})
    for label, key, value in named:
        if not key:
            yield Judged("cell", label, Verdict.MISSED, str(value), "", "the form has no such row or column")


def _key_named(label: str, heading: str) -> str:
    """The key of an indicator's cell; empty when the annex has no such row or column."""
    row = _row_named(label)
    columns = row.columns if row is not None else ()
    column = next((one for one in columns if heading in (one.label, *one.aliases)), None)
    return f"1/{row.key}/{column.key}" if row is not None and column is not None else ""


def _row_named(label: str) -> Row | None:
    form = annex_form()
    rows = form.tables[0].rows if form else ()
    wanted = _letters(label)
    return next((row for row in rows if wanted in map(_letters, (row.name, *row.match))), None)


def _shown(cell: ReportCell | None) -> str:
    return "" if cell is None else f"{cell.state.value} {cell.printed!r} at {cell.place}"


def _runs_together(key: str, truth: dict[str, float | None], read: dict[str, ReportCell]) -> bool:
    """Whether a row without a total prints nothing but the digits of its numbers, and they part in several ways, be it
    with blanks among them."""
    row = key.rpartition("/")[0]
    values = {one: value for one, value in truth.items() if one.rpartition("/")[0] == row}
    numbers = [f"{value:.15g}" for value in values.values() if value is not None]
    if f"{row}/{_TOTAL}" in values or not numbers:
        return False
    printed = {read[one].printed for one in values if one in read}
    digits = "".join(numbers)
    ways = sum(_partings(digits, parts) for parts in range(1, len(values) + 1))
    return len(values) > 1 and digits in printed and ways > 1


def _partings(digits: str, parts: int) -> int:
    """In how many ways digits part into so many numbers."""
    if parts == 1:
        return int(digits == "0" or not digits.startswith("0"))
    heads = range(1, 2 if digits.startswith("0") else len(digits))
    return sum(_partings(digits[end:], parts - 1) for end in heads if end < len(digits))


def _cell_verdict(cell: ReportCell | None, truth: float | None) -> Verdict:
    """A printed blank (truth None) is right as long as no number is read; a number must be that number."""
    value = None if cell is None else cell.value
    if truth is None:
        return Verdict.RIGHT if value is None else Verdict.INVENTED
    if value is None:
        return Verdict.MISSED
    return Verdict.RIGHT if value == truth else Verdict.WRONG


def _identity(report: Report, truth: dict[str, Any]) -> Iterator[Judged]:
    agency, year, region = report.identity.agency, report.identity.year, report.region
    whole = truth["agency"] and full_name(truth["agency"], default())  # a person may note a bare place as printed
    verdict = Verdict.RIGHT if agency is not None and agency == whole else _verdict(agency, truth["agency"])
    yield Judged("agency", "agency", verdict, str(truth["agency"]), str(agency))
    yield Judged("year", "year", _verdict(year, truth["year"]), str(truth["year"]), str(year))
    read = f"{region.county} (then {region.county_then}, {region.level}) {' '.join(region.candidates)}".strip()
    yield Judged("county", "county", county_verdict(region, truth["county"]), str(truth["county"]), read)


def _verdict(read: object, truth: object) -> Verdict:
    if read == truth:
        return Verdict.RIGHT
    if read is None:
        return Verdict.MISSED
    return Verdict.INVENTED if truth is None else Verdict.WRONG


def county_verdict(region: Region, truth: str | None) -> Verdict:
    """The truth is what the text says, and None where it does not: there the gazetteer may know more."""
    if truth is None:
        return Verdict.DOUBTED if region.level == _AMBIGUOUS else Verdict.RIGHT
    if truth in (region.county, region.county_then):
        return Verdict.RIGHT
    if region.county is None:
        return Verdict.DOUBTED if region.level == _AMBIGUOUS else Verdict.MISSED
    return Verdict.WRONG


def _problems(report: Report, truth: dict[str, Any]) -> Iterator[Judged]:
    """Statements match when one contains the other; a person may quote more or less of a sentence."""
    if "problems" not in truth:
        return
    wanted, read = truth["problems"], report.statements.problems
    for statement in wanted:
        found = [one for one in read if _same(one, statement)]
        yield Judged("problem", "", Verdict.RIGHT if found else Verdict.MISSED, statement, "; ".join(found))
    for statement in read:
        if not any(_same(statement, one) for one in wanted):
            yield Judged("problem", "", Verdict.INVENTED, "", statement)


def _same(one: str, other: str) -> bool:
    first, second = _letters(one), _letters(other)
    return bool(first and second) and (first in second or second in first)


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def count(judged: Iterable[Judged], what: str, verdict: Verdict) -> int:
    """How many values of a kind have the verdict."""
    return sum(1 for one in judged if one.what == what and one.verdict is verdict)
