"""The flow from what came in to what became of it, drawn so that its parts can be clicked."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import FIXED, PALETTE, blank

_APART = 0.06
_HALF = {0: 0.5, 2: 1.5}
_BAND = "rgba(120,140,160,0.35)"


def flow(nodes: pd.DataFrame) -> go.Figure:
    """From received to outcomes: `nodes` has series, value, text, click and `step`, 0 what came in, 1 all of it, 2 what
    became of it. Bands lead from left to right; the names at them can be clicked, which a Sankey diagram cannot.
    """
    placed = _placed(nodes)
    figure = blank(
        430,
        showlegend=False,
        hoverdistance=40,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=FIXED | {"visible": False, "range": [-0.06, 2.06]},
        yaxis=FIXED | {"visible": False, "range": [1.02, -0.06]},
        shapes=_bands(placed),
    )
    sides = ("middle right", "top center", "middle left")
    figure.add_trace(
        go.Scatter(
            x=list(placed["step"]),
            y=list((placed["top"] + placed["bottom"]) / 2),
            mode="markers+text",
            marker={"symbol": "square", "size": 13, "color": PALETTE[0]},
            text=[f" {name} " for name in placed["series"]],
            textposition=[sides[step] for step in placed["step"]],
            textfont={"size": 13},
            customdata=list(placed["click"]),
            hovertext=list(placed["text"]),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    return figure


def _placed(nodes: pd.DataFrame) -> pd.DataFrame:
    """The nodes with `top` and `bottom` between 0 and 1, one under the other in each step, apart by `_APART`."""
    most = nodes.groupby("step")["value"].sum().max()
    scale = (1 - _APART * nodes.groupby("step").size().max()) / most if most > 0 else 0.0
    high = nodes["value"] * scale
    rank = nodes.groupby("step").cumcount()
    over = high.groupby(nodes["step"]).cumsum() - high
    spare = 1 - high.groupby(nodes["step"]).transform("sum") - _APART * nodes.groupby("step")["value"].transform("size")
    top = over + _APART * (rank + 0.5) + spare / 2
    return nodes.assign(top=top, bottom=top + high)


def _bands(placed: pd.DataFrame) -> list[dict[str, object]]:
    """A band for every node of the sides, joined to the middle in their order."""
    shapes: list[dict[str, object]] = []
    for side in (0, 2):
        at = placed.loc[placed["step"] == 1, "top"].min()
        for _, node in placed[placed["step"] == side].iterrows():
            end = at + node["bottom"] - node["top"]
            path = (
                f"M {side} {node['top']} C {_HALF[side]} {node['top']} {_HALF[side]} {at} 1 {at} L 1 {end} "
                f"C {_HALF[side]} {end} {_HALF[side]} {node['bottom']} {side} {node['bottom']} Z"
            )
            shapes.append({"type": "path", "path": path, "layer": "below", "line": {"width": 0}, "fillcolor": _BAND})
            at = end
    return shapes
