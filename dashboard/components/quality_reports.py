"""Which reports have the most findings, and which agencies have none for a year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts_maps
from dashboard.components import evidence
from dashboard.components.figures import Exhibit, download_csv
from dashboard.components.quality_list import headed
from dashboard.components.view import View
from dashboard.export import csv_bytes
from dashboard.queries import quality

_LINKS = 20
_NAMED = 40


def worst(view: View) -> Iterator[Exhibit]:
    """The reports with the most errors, each with a link to the first cell in doubt."""
    yield from ()
    words, frame = view.words, quality.worst(view.selection)
    st.subheader(words("quality.worst"), anchor=False)
    st.caption(words("quality.worst_definition", n=quality.MOST_REPORTS))
    if frame.empty:
        st.info(words("empty.findings"))
        return
    table = worst_table(view, frame)
    st.dataframe(table, hide_index=True, placeholder="—", alt=words("quality.worst"))
    download_csv(view, "worst_reports", table)
    st.caption(words("quality.links"))
    for _, row in frame.head(_LINKS).iterrows():
        counts = words("quality.counts", errors=row["errors"], warnings=row["warnings"])
        text = " · ".join((row["label"], counts, " ".join(dict.fromkeys((*row["error_rules"], *row["warning_rules"])))))
        evidence.report_link(row["report_id"], text, None if pd.isna(row["first_cell"]) else row["first_cell"])


def worst_table(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """The reports with their counts and rules, in the page's language."""
    table = frame.assign(
        year=[str(year) for year in frame["year"]],
        error_rules=[" ".join(rules) for rules in frame["error_rules"]],
        warning_rules=[" ".join(rules) for rules in frame["warning_rules"]],
    )
    columns = ["agency", "county", "year", "errors", "error_rules", "warnings", "warning_rules", "arithmetic_errors"]
    columns += ["sums_assessed", "sums_in_form"]
    return headed(view, table[columns], columns)


def missing(view: View) -> Iterator[Exhibit]:
    """County and kind by year: how many of the agencies known have a report; then those that lack one."""
    yield coverage(view)
    words, frame = view.words, quality.missing(view.selection)
    every = int(frame["agencies"].iloc[0]) if len(frame) else 0
    title = words("quality.missing_list", n=f"{every:,}")
    st.subheader(title, anchor=False)
    st.caption(words("quality.missing_list_definition"))
    if frame.empty:
        st.info(words("quality.nothing_missing"))
        return
    if every > len(frame):
        st.caption(words("quality.first", n=len(frame)))
    st.dataframe(missing_table(view, frame), hide_index=True, placeholder="—", alt=title)
    st.download_button(
        words("chart.csv"), partial(_csv, view), "missing_reports.csv", "text/csv", key="csv_missing", on_click="ignore"
    )


def _csv(view: View) -> bytes:
    return csv_bytes(missing_table(view, quality.missing(view.selection, quality.ALL)))


def missing_table(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Agencies and the years that they lack, in the page's language."""
    table = frame.assign(
        kind=[view.words(f"kind.{kind}") for kind in frame["kind"]],
        missing=[_years(years) for years in frame["missing"]],
        inside=[_years(years) for years in frame["inside"]],
        span=[f"{row['first_year']}–{row['last_year']}" for _, row in frame.iterrows()],
    )
    columns = ["agency", "kind", "county", "city", "missing", "inside", "span"]
    return headed(view, table[columns], ("agency", "kind", "county", "city", "missing_years", "gaps", "span"))


def _years(years: Any) -> str:
    return " ".join(str(year) for year in years)


def coverage(view: View) -> Exhibit:
    """County and kind × year: agencies with a report of all that are known there."""
    words, frame = view.words, quality.coverage(view.selection).copy()
    frame["place"] = [view.county_names.get(key, key) for key in frame["county_key"]]
    frame["of_kind"] = [words(f"kind.{kind}") for kind in frame["kind"]]
    frame["series"] = [f"{place} · {kind}" for place, kind in zip(frame["place"], frame["of_kind"], strict=True)]
    frame["x"] = [str(year) for year in frame["year"]]
    frame["y"] = frame["reports"] / frame["agencies"]
    frame["shown"] = [f"{row['reports']}/{row['agencies']}" for _, row in frame.iterrows()]
    frame["text"] = [f"{row['series']} {row['x']}<br>{row['shown']}" for _, row in frame.iterrows()]
    frame["click"] = ""
    named = frame["series"].drop_duplicates().head(_NAMED)
    columns = ["place", "of_kind", "x", "agencies", "reports", "y"]
    return Exhibit(
        key="coverage_by_kind",
        title=words("quality.coverage"),
        figure=charts_maps.grid(frame[frame["series"].isin(named)], words("column.coverage")),
        table=headed(view, frame[columns], ("county", "kind", "year", "agencies", "reports", "coverage")),
        definition=words("quality.coverage_definition"),
        note=words("chart.first", n=_NAMED) if frame["series"].nunique() > _NAMED else "",
    )
