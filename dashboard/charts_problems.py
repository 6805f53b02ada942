"""Charts of the problems page: shares over two dimensions, and words that occur together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.charts import MUTED, PALETTE, clickable
from dashboard.charts_maps import LEAST_WIDTH, room_for

_ROW = 26
_WEAK = "#7d7d7d"
"""A grey on which the numbers, which plotly writes in white, can be read on a light page and on a dark one."""
_STEPS = 150


def heat(frame: pd.DataFrame, columns: Sequence[str], title: str) -> go.Figure:
    """A map of `series` × `x` coloured by `y`; fields that are `weak` are grey, all carry `shown`."""
    names = list(frame["series"].drop_duplicates())
    figure = go.Figure()
    for weak in (False, True):
        rows = frame[frame["weak"].astype(bool) == weak]
        if not rows.empty:
            figure.add_trace(_fields(rows, names, columns, "" if weak else title))
    figure.add_trace(clickable(frame))
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=list(columns), side="top")
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=names[::-1], automargin=True)
    figure.update_layout(
        template={"layout": {"colorway": PALETTE}},
        height=max(200, _ROW * len(names) + 110),
        meta={LEAST_WIDTH: room_for(names, columns, frame["shown"])},
        margin={"l": 8, "r": 8, "t": 60, "b": 8},
        dragmode=False,
        clickmode="event+select",
        hovermode="closest",
        hoverdistance=60,
    )
    return figure


def _fields(rows: pd.DataFrame, names: Sequence[str], columns: Sequence[str], title: str) -> go.Heatmap:
    places = rows.set_index(["series", "x"])

    def field(name: str, column: str, missing: object = None) -> list[object]:
        values = places[column]
        return [values.get((name, x), missing) for x in columns]

    grey = [[0, _WEAK], [1, _WEAK]]
    return go.Heatmap(
        x=list(columns),
        y=list(names),
        z=[field(name, "y") for name in names],
        text=[field(name, "shown", "") for name in names],
        texttemplate="%{text}",
        hoverinfo="skip",
        zmin=0,
        zmax=1,
        xgap=2,
        ygap=2,
        showscale=bool(title),
        colorscale=None if title else grey,
        colorbar={"title": title, "tickformat": ".0%", "thickness": 12} if title else None,
    )


def network(nodes: pd.DataFrame, links: pd.DataFrame) -> go.Figure:
    """Words as circles (`word`, `size` 0–1, `text`, `click`) and lines between those that occur together.

    `links` has `one`, `other` (positions in `nodes`) and `weight` 0–1.
    """
    places = _spring(len(nodes), links)
    figure = go.Figure()
    for weight, rows in links.groupby(links["weight"].round(1)):
        figure.add_trace(_lines(places, rows, 0.5 + 4 * float(weight)))
    figure.add_trace(
        go.Scatter(
            x=places[:, 0].tolist(),
            y=places[:, 1].tolist(),
            mode="markers+text",
            marker={"size": [12 + 26 * size for size in nodes["size"]]},
            text=list(nodes["word"]),
            textposition="top center",
            customdata=list(nodes["click"]),
            hovertext=list(nodes["text"]),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.update_layout(
        template={"layout": {"colorway": PALETTE}},
        height=560,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        dragmode=False,
        clickmode="event+select",
    )
    figure.update_xaxes(visible=False, range=[-0.12, 1.12])
    figure.update_yaxes(visible=False, range=[-0.08, 1.12])
    return figure


def _lines(places: NDArray[np.float64], rows: pd.DataFrame, width: float) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for one, other in zip(rows["one"], rows["other"], strict=True):
        x += [places[one, 0], places[other, 0], None]
        y += [places[one, 1], places[other, 1], None]
    return go.Scatter(
        x=x, y=y, mode="lines", line={"width": width, "color": MUTED}, opacity=0.5, hoverinfo="skip", showlegend=False
    )


def _spring(count: int, links: pd.DataFrame) -> NDArray[np.float64]:
    """Places within 0 and 1 where linked points attract and all repel each other; the same in every run."""
    angle = 2 * np.pi * np.arange(count) / max(count, 1)
    places = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    pull = np.zeros((count, count))
    pull[links["one"], links["other"]] = pull[links["other"], links["one"]] = 0.1 + 0.3 * links["weight"]
    near = 1.6 / np.sqrt(max(count, 1))
    for step in range(_STEPS):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-3)
        force = near**2 / distance**2 - pull * distance / near
        move = (apart * force[..., None]).sum(axis=1) - 2 * near * places * np.hypot(places[:, :1], places[:, 1:])
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        places = places + move / length[:, None] * np.minimum(length, 0.1 * (1 - step / _STEPS))[:, None]
    low, high = places.min(axis=0, initial=0), places.max(axis=0, initial=0)
    scaled: NDArray[np.float64] = (places - low) / np.maximum(high - low, 1e-9)
    return scaled
