"""Maps: fields of rows and columns coloured by a share, each with its numbers in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import beside, blank, clickable, width

LEAST_WIDTH = "least_width"
"""Where a map keeps in its `meta` how narrow it may be drawn."""
_BESIDE = 112
_ROW = 26
_SEQUENCE = [[position / 9, f"#{11 + position:06d}"] for position in range(10)]
"""Stand-ins that the page replaces by the theme's sequence of colours."""


def grid(frame: pd.DataFrame, title: str) -> go.Figure:
    """A map of `series` × `x` coloured by `y`, with `shown` in each field; a null field stays empty."""
    names, years = list(frame["series"].drop_duplicates()), sorted(frame["x"].unique())
    fields = frame.set_index(["series", "x"])[["y", "shown", "text", "click"]].to_dict("index")

    def column(name: str, nothing: object) -> list[list[object]]:
        return [[fields[key][name] if (key := (each, year)) in fields else nothing for year in years] for each in names]

    figure = blank(
        max(180, _ROW * len(names) + 80),
        meta={LEAST_WIDTH: room_for(names, years, frame["shown"])},
        margin={"l": beside(names), "r": _beside_scale(title), "t": 42, "b": 8},
        hoverdistance=-1,
        xaxis={"type": "category", "side": "top", "fixedrange": True, "range": [-0.5, len(years) - 0.5]},
        yaxis={"type": "category", "automargin": True, "fixedrange": True, "range": [len(names) - 0.5, -0.5]},
    )
    figure.add_trace(
        go.Heatmap(
            x=years,
            y=names,
            z=column("y", None),
            text=column("shown", ""),
            texttemplate="%{text}",
            hoverinfo="skip",
            zmin=0,
            zmax=1,
            colorscale=_SEQUENCE,
            xgap=2,
            ygap=2,
            colorbar={"title": title, "tickformat": ".0%", "thickness": 12},
        )
    )
    figure.add_trace(clickable(frame))
    return figure


def room_for(names: Iterable[str], columns: Sequence[str], shown: Iterable[str]) -> int:
    """The pixels that a map needs so that what its fields show can be read; a narrower screen moves over it."""
    return _BESIDE + width(names) + len(columns) * (12 + 7 * max(map(len, shown), default=0))


def _beside_scale(title: str) -> int:
    """Room right of a map for its scale of colours and the title over it."""
    return 48 + max(42, width([title]) * 7 // 6)
