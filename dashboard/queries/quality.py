"""Questions about data quality: pass rates, findings by rule, year and place, the worst reports, missing reports."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.queries.door import ask, ask_afresh, ask_sums
from dashboard.queries.selection import Selection

MOST_REPORTS = 50
MOST_FINDINGS = 300
MOST_AGENCIES = 300
ALL = 1_000_000
"""More rows than a spreadsheet takes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are asked for; None for any. `county` is a code, `above` or `none`."""

    rule: str | None = None
    severity: str | None = None
    county: str | None = None
    year: int | None = None


def pass_rates(selection: Selection) -> pd.DataFrame:
    """Year by year: reports, with_errors, with_warnings alone, reports_broken, sums, passed, failed, not_assessable.

    `sums` and what it parts into are null in years whose form states no sums.
    """
    return ask("quality_rates", selection)


def by_rule(selection: Selection, severity: str | None = None) -> pd.DataFrame:
    """Rule × severity: findings, reports, label and meaning of the rule."""
    return ask("quality_rules", selection, severity=severity)


def by_year(selection: Selection, wanted: Wanted) -> pd.DataFrame:
    """Year × severity: findings, reports that have one, of_reports."""
    return ask("quality_years", selection, rule=wanted.rule, severity=wanted.severity)


def by_place(selection: Selection, wanted: Wanted) -> pd.DataFrame:
    """County × year with reports: findings, reports that have one, of_reports; counties with most of them first."""
    return ask("quality_places", selection, rule=wanted.rule, severity=wanted.severity)


def listing(selection: Selection, wanted: Wanted) -> pd.DataFrame:
    """The first findings, gravest first, each with names, printed values and states of its first cells."""
    return ask("quality_listing", selection, **_listed(wanted, MOST_FINDINGS))


def whole_listing(selection: Selection, wanted: Wanted) -> pd.DataFrame:
    """The same with all of them, for a download."""
    return ask_afresh("quality_listing", selection, **_listed(wanted, ALL))


def _listed(wanted: Wanted, most: int) -> dict[str, str | int | None]:
    parts = {"rule": wanted.rule, "severity": wanted.severity, "county": wanted.county, "year": wanted.year}
    return parts | {"most": most}


def worst(selection: Selection, most: int = MOST_REPORTS) -> pd.DataFrame:
    """Reports with errors or warnings, the worst first: label, errors, warnings, error_rules, first_cell …"""
    return ask("quality_worst", selection, most=most)


def missing(selection: Selection, most: int = MOST_AGENCIES) -> pd.DataFrame:
    """Agencies that lack a report in a year that is chosen: years `missing`, those `inside` its series; `agencies` in
    all. An agency is known by a report of any year."""
    return ask_sums("quality_missing", _of_any_year(selection), years=selection.years, most=most)


def coverage(selection: Selection) -> pd.DataFrame:
    """County × kind × year that is chosen: agencies known by a report of any year, reports, missing in all years."""
    return ask_sums("quality_coverage", _of_any_year(selection), years=selection.years)


def _of_any_year(selection: Selection) -> Selection:
    """Without the filters that ask for reports rather than agencies: they would hide what is missing."""
    return replace(selection, years=(), same=False, sound=False)


def checklist(report_id: str) -> pd.DataFrame:
    """The findings of one report with their cells, in order of weight: `n` numbers the findings."""
    return ask("checklist", report=report_id)
