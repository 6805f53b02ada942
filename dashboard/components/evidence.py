"""What stands behind a point: the reports, and in each the printed cells with their places in the source."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components import points, url
from dashboard.components.filters import shared_query
from dashboard.components.view import View
from dashboard.export import csv_bytes
from dashboard.plain import in_markdown
from dashboard.queries import questions
from dashboard.queries.questions import Behind

PARAMETER = "behind"
READER = "app_pages/reader.py"
_LINKS = 8


def _asked(view: View, exhibit: str) -> Behind | None:
    text = st.query_params.get(PARAMETER, "")
    if not text.startswith(f"{exhibit}:"):
        return None
    try:
        point = points.clicked(text.removeprefix(f"{exhibit}:"))
    except ValueError:
        return None
    return point if point.year is None or point.year in view.known.years else None


def show(view: View, exhibit: str) -> None:
    """The reports behind the point of this chart that was clicked, if one was."""
    point = _asked(view, exhibit)
    if point is None:
        return
    cells = points.matching(point.metric)
    if point.metric not in view.metrics and not cells:
        return
    found = (
        questions.behind_cells(view.selection, cells, point.year) if cells else questions.behind(view.selection, point)
    )
    with st.container(border=True):
        year = "" if point.year is None else str(point.year)
        st.markdown(
            f"**{view.words('evidence.title', metric=points.name(view, point.metric), year=year, n=len(found))}**"
        )
        table = _table(view, point, found)
        st.dataframe(table, hide_index=True, placeholder="—", alt=view.words("evidence.alt"))
        for _, row in found.head(_LINKS).iterrows():
            report_link(row["report_id"], f"{row['agency']} {row['year']}", cell=next(iter(_list(row["keys"])), None))
        if len(found) > _LINKS:
            st.caption(view.words("evidence.more", n=_LINKS))
        left, right = st.columns(2)
        left.download_button(
            view.words("chart.csv"), csv_bytes(table), f"{exhibit}_reports.csv", "text/csv", on_click="ignore"
        )
        right.button(view.words("evidence.close"), on_click=url.clear, args=((PARAMETER,),), key=f"close_{exhibit}")


def report_link(report_id: str, text: str, cell: str | None = None) -> None:
    """A link to a report in the reader, at one of its cells when it is given."""
    query = shared_query() | {"report": [report_id]} | ({"cell": [cell]} if cell else {})
    st.page_link(READER, label=in_markdown(text), query_params=query)


def _list(value: Any) -> list[str]:
    return list(value) if pd.api.types.is_list_like(value) else []


def _cells(view: View, row: Any) -> str:
    said = []
    for key, printed, place in zip(_list(row["keys"]), _list(row["printed"]), _list(row["places"]), strict=True):
        shown = view.words(f"state.{printed}") if f"state.{printed}" in view.words else printed
        said.append(f"{points.cell(view, key)}＝{shown}（{place or formats.NOTHING}）")
    return "；".join(said)


def _table(view: View, point: Behind, found: pd.DataFrame) -> pd.DataFrame:
    words = view.words
    return pd.DataFrame(
        {
            words("column.agency"): found["agency"],
            words("column.county"): found["county"],
            words("column.year"): [str(year) for year in found["year"]],
            points.name(view, point.metric): found["value"],
            words("column.why"): [points.why(view, row) for _, row in found.iterrows()],
            words("column.cells"): [_cells(view, row) for _, row in found.iterrows()],
        }
    )
