"""Questions about one report."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.queries.door import ask


@dataclass(frozen=True, slots=True)
class OneReport:
    """A report as the reader shows it: `facts` is its row of the reports view, the rest are frames of its parts."""

    facts: pd.Series
    cells: pd.DataFrame
    sections: pd.DataFrame
    statements: pd.DataFrame
    findings: pd.DataFrame
    years: pd.DataFrame


def report(report_id: str) -> OneReport | None:
    """The report of that id, None when the warehouse has none."""
    found = ask("report", report=report_id)
    if found.empty:
        return None
    facts = found.iloc[0]
    return OneReport(
        facts=facts,
        cells=ask("report_cells", report=report_id),
        sections=ask("report_sections", report=report_id),
        statements=ask("report_statements", report=report_id),
        findings=ask("findings", report=report_id),
        years=ask("report_years", agency_key=facts["agency_key"]),
    )
