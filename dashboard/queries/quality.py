"""Questions about data quality: pass rates, the worst reports, missing reports, one report's checklist."""

from __future__ import annotations

import pandas as pd

from dashboard.queries.door import ask
from dashboard.queries.selection import Selection

MOST_REPORTS = 50


def pass_rates(selection: Selection) -> pd.DataFrame:
    """Year by year: reports, reports_broken, sums, passed, failed, not_assessable."""
    return ask("quality_rates", selection)


def worst(selection: Selection, most: int = MOST_REPORTS) -> pd.DataFrame:
    """Reports with errors or warnings, the worst first: report_id, label, errors, warnings, arithmetic_errors …"""
    return ask("quality_worst", selection, most=most)


def findings_by_place(selection: Selection, severity: str | None = None) -> pd.DataFrame:
    """Rule × severity × county × year: findings, reports; of one severity when given."""
    return ask("quality_findings", selection, severity=severity)


def missing(selection: Selection) -> pd.DataFrame:
    """Agencies and years without a report; `inside` tells a gap within the agency's series."""
    return ask("quality_missing", selection)


def checklist(report_id: str) -> pd.DataFrame:
    """The findings of one report with their cells, in order of weight: `n` numbers the findings."""
    return ask("checklist", report=report_id)
