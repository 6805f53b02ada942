"""The data quality page: findings by rule and severity, and the list with the cells."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import charts
from dashboard.charts import Axis
from dashboard.components import evidence, url
from dashboard.components.figures import Exhibit, download_csv
from dashboard.components.reader import worded
from dashboard.components.view import View
from dashboard.queries import questions

_LINKS = 12
_EVERY = ""


def counts(view: View) -> None:
    """How many reports have errors and warnings."""
    listed = questions.reports(view.selection)
    errors, warnings = int((listed["errors"] > 0).sum()), int((listed["warnings"] > 0).sum())
    st.markdown(view.words("quality.reports", errors=errors, warnings=warnings, reports=len(listed)))


def rules(view: View) -> Exhibit:
    """How often each rule fails."""
    words = view.words
    frame = questions.findings_by_rule(view.selection).copy()
    named = frame[f"label_{words.lang}"].fillna("")
    frame["x"] = [f"{rule} {name}" for rule, name in zip(frame["rule"], named, strict=True)]
    frame["severity"] = [words(f"severity.{name}") for name in frame["severity"]]
    frame["y"], frame["click"] = frame["findings"], ""
    frame["shown"] = [f"{n} · {severity}" for n, severity in zip(frame["findings"], frame["severity"], strict=True)]
    frame["text"] = [
        f"{row['x']}<br>{row['severity']}<br>{row['findings']} / {row['reports']}" for _, row in frame.iterrows()
    ]
    table = frame[["rule", "x", "severity", "findings", "reports"]]
    heads = [words(f"column.{name}") for name in ("rule", "label", "severity", "findings", "reports")]
    return Exhibit(
        key="findings",
        title=words("chart.findings"),
        figure=charts.bars(frame, Axis()),
        table=table.set_axis(heads, axis=1),
        definition=words("chart.findings_definition"),
    )


def choose_rule(view: View) -> str | None:
    """The rule that the reader asks for, None for all."""
    found = questions.findings_by_rule(view.selection).drop_duplicates("rule")
    names = {row["rule"]: f"{row['rule']} {row[f'label_{view.words.lang}'] or ''}" for _, row in found.iterrows()}
    return (
        url.pick_one(view.words, "rule", {_EVERY: view.words("filters.all")} | names, view.words("filters.rule"))
        or None
    )


def listing(view: View, rule: str | None) -> None:
    """The findings with their cells and places, and links to the reports."""
    words = view.words
    found = questions.findings(view.selection, rule)
    found = found[found["status"] == "fail"]
    st.subheader(words("quality.list", n=len(found)), anchor=False)
    if found.empty:
        st.info(words("empty.findings"))
        return
    columns = ["agency", "county", "year", "rule", "severity", "message", "cause", "cells", "place"]
    table = worded(view, found[columns]).assign(year=[str(year) for year in found["year"]])
    labelled = table.set_axis([words(f"column.{name}") for name in columns], axis=1)
    st.dataframe(labelled, hide_index=True, placeholder="—", alt=words("quality.list", n=len(found)))
    download_csv(view, "findings_list", labelled)
    for _, row in found.drop_duplicates("report_id").head(_LINKS).iterrows():
        evidence.report_link(row["report_id"], f"{row['agency']} {row['year']}", _first(row))


def _first(row: pd.Series) -> str | None:
    return next(iter(row["cells"].split()), None)
