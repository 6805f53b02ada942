"""A chart on the page: definition above, n and table under it, its own CSV, and what stands behind a click."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts import draws_something
from dashboard.charts_maps import LEAST_WIDTH
from dashboard.components import evidence, url
from dashboard.components.view import View
from dashboard.export import csv_bytes
from dashboard.plain import in_chart

_ABREAST = 2
_BARE = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "responsive": True}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart with its words: `key` names it in the URL and in its file, `table` is the same in numbers.

    `figure` may be several, for small multiples: they stand side by side, on a telephone below each other.
    """

    key: str
    title: str
    figure: go.Figure | list[go.Figure]
    table: pd.DataFrame
    definition: str = ""
    note: str = ""


def show(view: View, exhibit: Exhibit) -> None:
    """Draw an exhibit; a click on a point opens the reports behind it, and stays in the URL."""
    st.subheader(exhibit.title, anchor=exhibit.key)
    if exhibit.definition:
        st.caption(exhibit.definition)
    if exhibit.table.empty:
        st.info(view.words("empty.chart"))
        return
    figures = exhibit.figure if isinstance(exhibit.figure, list) else [exhibit.figure]
    if any(draws_something(figure) for figure in figures):
        _draw_all(view, exhibit)
    else:
        st.info(view.words("chart.all_zero"))
    _table(view, exhibit)
    evidence.show(view, exhibit.key)


def _draw_all(view: View, exhibit: Exhibit) -> None:
    if isinstance(exhibit.figure, list):
        for start in range(0, len(exhibit.figure), _ABREAST):
            row = exhibit.figure[start : start + _ABREAST]
            for position, (column, figure) in enumerate(zip(st.columns(_ABREAST), row, strict=False), start):
                with column:
                    _draw(view, exhibit, figure, f"chart_{exhibit.key}_{position}")
    else:
        _draw(view, exhibit, exhibit.figure, f"chart_{exhibit.key}")
    if exhibit.note:
        st.caption(exhibit.note)


@st.fragment
def _table(view: View, exhibit: Exhibit) -> None:
    """The numbers, sent when they are asked for: drawing closed tables took longer than drawing a chart."""
    title = view.words("chart.table", rows=len(exhibit.table))
    folded = st.expander(title, key=f"table_{exhibit.key}", on_change="rerun")
    if folded.open:
        with folded:
            st.dataframe(exhibit.table, hide_index=True, placeholder="—", alt=exhibit.title)
            download_csv(view, exhibit.key, exhibit.table)


def _draw(view: View, exhibit: Exhibit, figure: go.Figure, key: str) -> None:
    least = (figure.layout.meta or {}).get(LEAST_WIDTH)
    if least is None:
        _chart(view, exhibit, figure, key)
        return
    with st.container(key=f"wide_{key}"):
        st.html(f"<style>.st-key-wide_{key} .st-key-{key} {{min-width: {least}px}}</style>")
        _chart(view, exhibit, figure, key)


def _chart(view: View, exhibit: Exhibit, figure: go.Figure, key: str) -> None:
    st.plotly_chart(
        in_chart(figure),
        key=key,
        on_select=partial(_open, exhibit.key, key),
        selection_mode="points",
        config=_BARE,
        alt=view.words("chart.alt", title=exhibit.title, definition=exhibit.definition),
    )


def download_csv(view: View, name: str, frame: pd.DataFrame) -> None:
    """A button for the CSV of exactly these rows."""
    st.download_button(
        view.words("chart.csv"),
        partial(csv_bytes, frame),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"csv_{name}",
        on_click="ignore",
    )


def _open(exhibit: str, key: str) -> None:
    points: list[dict[str, Any]] = st.session_state[key]["selection"]["points"]
    found = [point["customdata"] for point in points if point.get("customdata")]
    if found:
        meant = found[0] if isinstance(found[0], str) else found[0][0]
        url.write({evidence.PARAMETER: [f"{exhibit}:{meant}"]})
