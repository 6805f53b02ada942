"""Findings one by one: what is printed in their cells, where, and a link to the report at the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import checklist
from dashboard.components import evidence, url
from dashboard.components.view import View
from dashboard.export import csv_bytes
from dashboard.messages import place, told
from dashboard.queries import quality
from dashboard.queries.quality import Wanted

_LINKS = 15
_WHAT = "findings"
_PARTS = 5
_PRINTS = ("number", "dash", "unreadable")
_COLUMNS = ("agency", "county", "year", "rule", "severity", "message", "cause", "cells", "place")


def click(wanted: Wanted) -> str:
    """What a click stands for, as it is kept in the URL."""
    year = "" if wanted.year is None else str(wanted.year)
    return ":".join((_WHAT, wanted.rule or "", wanted.severity or "", wanted.county or "", year))


def clicked(text: str) -> Wanted | None:
    """The reverse of `click`; None when the text is none."""
    parts = text.split(":")
    if len(parts) != _PARTS or parts[0] != _WHAT or not (parts[4].isdecimal() or not parts[4]):
        return None
    rule, severity, county = (part or None for part in parts[1:4])
    return Wanted(rule, severity, county, int(parts[4]) if parts[4] else None)


def rule_name(view: View, row: Any) -> str:
    """A rule's key and label."""
    return f"{row['rule']} {row[f'label_{view.words.lang}'] or ''}".strip()


def headed(view: View, frame: pd.DataFrame, heads: Sequence[str]) -> pd.DataFrame:
    """The frame with the labels of those columns over it."""
    return frame.set_axis([view.words(f"column.{name}") for name in heads], axis=1)


def behind(view: View, exhibit: str) -> None:
    """The findings behind the point of this chart that was clicked, if one was."""
    text = st.query_params.get(evidence.PARAMETER, "")
    wanted = clicked(text.removeprefix(f"{exhibit}:")) if text.startswith(f"{exhibit}:") else None
    if wanted is None:
        return
    with st.container(border=True):
        show(view, wanted, f"behind_{exhibit}")
        close = view.words("evidence.close")
        st.button(close, on_click=url.clear, args=((evidence.PARAMETER,),), key=f"close_{exhibit}")


def show(view: View, wanted: Wanted, key: str) -> None:
    """The findings wanted, gravest first: the first ones as a table and as links, all of them as CSV."""
    words, found = view.words, quality.listing(view.selection, wanted)
    every = _count(view, wanted)
    title = words("quality.list", n=f"{every:,}")
    st.subheader(" · ".join((title, *asked(view, wanted))), anchor=False)
    if found.empty:
        st.info(words("empty.findings"))
        return
    if every > len(found):
        st.caption(words("quality.first", n=len(found)))
    st.dataframe(table(view, found), hide_index=True, placeholder="—", alt=title)
    st.download_button(
        words("chart.csv"),
        partial(whole_csv, view, wanted),
        f"{key}.csv",
        "text/csv",
        key=f"csv_{key}",
        on_click="ignore",
    )
    st.caption(words("quality.links"))
    for _, row in found.head(_LINKS).iterrows():
        cells = list(row["cells"])
        text = " · ".join((f"{row['agency']} {row['year']}", rule_name(view, row), *_names(view, row)[:1]))
        evidence.report_link(row["report_id"], text, cells[0] if cells else None)


def whole_csv(view: View, wanted: Wanted) -> bytes:
    """All the findings wanted, in the columns of the table."""
    return csv_bytes(table(view, quality.whole_listing(view.selection, wanted)))


def _count(view: View, wanted: Wanted) -> int:
    frame = quality.by_place(view.selection, wanted)
    for name, value in (("county_key", wanted.county), ("year", wanted.year)):
        frame = frame if value is None else frame[frame[name] == value]
    return int(frame["findings"].sum())


def asked(view: View, wanted: Wanted) -> list[str]:
    """What the findings have in common, in the page's language."""
    severity = view.words(f"severity.{wanted.severity}") if f"severity.{wanted.severity}" in view.words else ""
    county = view.county_names.get(wanted.county or "", "")
    year = "" if wanted.year is None else str(wanted.year)
    return [part for part in (wanted.rule, severity, county, year) if part]


def table(view: View, found: pd.DataFrame) -> pd.DataFrame:
    """The findings in the page's language, each cell with what is printed there."""
    words, lang = view.words, view.words.lang
    names = checklist.names_by_key(lang)
    worded = found.assign(
        year=[str(year) for year in found["year"]],
        rule=[rule_name(view, row) for _, row in found.iterrows()],
        severity=[words(f"severity.{name}") for name in found["severity"]],
        message=[told(message, lang, names) for message in found["message"]],
        cause=found[f"cause_{lang}"],
        cells=[_cells(view, row) for _, row in found.iterrows()],
        place=[place(where, lang) for where in found["place"]],
    )
    return headed(view, worded[list(_COLUMNS)], _COLUMNS)


def _names(view: View, row: Any) -> list[str]:
    return list(row[f"names_{view.words.lang}"])


def _cells(view: View, row: Any) -> str:
    said = [
        f"{name}＝{printed if state in _PRINTS else view.words(f'state.{state}')}"
        for name, printed, state in zip(_names(view, row), row["printed"], row["states"], strict=True)
    ]
    more = len(row["cells"]) - len(said)
    return "；".join((*said, view.words("quality.more", n=more))) if more else "；".join(said)
