"""The row of totals at the head of a page: the last year's value, its change, its n."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components import evidence, exhibits, points, url
from dashboard.components.view import View
from dashboard.queries import questions

_KEY = "totals"


def counts(view: View) -> None:
    """How many reports, agencies, years and counties the filters leave."""
    words, left = view.words, view.summary
    for column, name in zip(st.columns(4), ("reports", "agencies", "years", "counties"), strict=True):
        column.metric(words(f"column.{name}"), f"{getattr(left, name):,}", border=True)


def totals(view: View, metrics: Sequence[str]) -> None:
    """Each metric in the last year that the filters leave, and its change among the agencies known in both years."""
    year = points.latest(view)
    frame = points.metric_points(view, metrics)
    both = questions.same_agencies(view.selection, metrics, year)
    same: dict[str, Any] = {str(row["metric"]): row for row in both.to_dict("records")}
    for column, metric in zip(st.columns(len(metrics)), metrics, strict=True):
        last = frame[(frame["metric"] == metric) & (frame["year"] == year)]
        with column.container(border=True):
            st.markdown(view.metric(metric), help=exhibits.definition(view, metric))
            st.metric(
                view.metric(metric),
                _value(view, metric, last["value"].iloc[0] if len(last) else None),
                _change(view, metric, same[metric]) if metric in same else None,
                delta_color="off",
                label_visibility="collapsed",
            )
            known = _known(view, last, same[metric]["agencies"] if metric in same else 0)
            st.caption(" · ".join([str(year), *_unit(view, metric), known, *filter(None, last["why"])]))
            meant = f"{_KEY}:{points.click(metric, 'all', '', year)}"
            st.button(
                view.words("evidence.open"),
                key=f"behind_{metric}",
                type="tertiary",
                on_click=url.write,
                args=({evidence.PARAMETER: [meant]},),
            )
    evidence.show(view, _KEY)


def _unit(view: View, metric: str) -> list[str]:
    return [] if points.is_percent(view, metric) else [points.unit(view, metric)]


def _value(view: View, metric: str, value: float | None) -> str:
    return formats.percent(value) if points.is_percent(view, metric) else formats.number(value)


def _known(view: View, last: pd.DataFrame, agencies: int) -> str:
    n = int(last["n"].sum())
    return view.words("chart.known_same", n=n, agencies=agencies) if agencies else view.words("chart.known", n=n)


def _change(view: View, metric: str, same: Any) -> str | None:
    """In % for counts, in percentage points for shares, as it is for other rates."""
    if points.is_percent(view, metric):
        return formats.change_of_share(same["now"], same["before"], view.words)
    if view.metrics[metric]["kind"] == "count":
        return formats.change_of_count(same["now"], same["before"], view.words)
    return formats.difference(same["now"], same["before"])
