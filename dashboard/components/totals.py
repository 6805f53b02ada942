"""The row of totals at the head of a page: the last year's value, its change, its n."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components import exhibits, points
from dashboard.components.view import View


def counts(view: View) -> None:
    """How many reports, agencies, years and counties the filters leave."""
    words, left = view.words, view.summary
    for column, name in zip(st.columns(4), ("reports", "agencies", "years", "counties"), strict=True):
        column.metric(words(f"column.{name}"), f"{getattr(left, name):,}", border=True)


def totals(view: View, metrics: Sequence[str]) -> None:
    """Each metric in the last year that the filters leave, with the change on the year before and both n."""
    words, year = view.words, points.latest(view)
    frame = points.metric_points(view, metrics)
    for column, metric in zip(st.columns(len(metrics)), metrics, strict=True):
        rows = frame[frame["metric"] == metric]
        last = rows[rows["year"] == year]
        with column.container(border=True):
            st.metric(
                words("chart.total", metric=view.metric(metric), year=year),
                last["shown"].iloc[0] if len(last) else "—",
                exhibits.change(view, metric, rows),
                delta_color="off",
                help=exhibits.definition(view, metric),
            )
            st.caption(" · ".join(f"{row['x']}: n={row['n']:.0f}" for _, row in rows.tail(2).iterrows()))
