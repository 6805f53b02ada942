"""A frame becomes a plotly figure. Colours and fonts come from the page's theme; nothing here knows Streamlit.

Frames carry what is drawn and said already: `x`, `y`, `series`, `text` (the hover) and `click` (what a click means).
A null `y` is a gap, never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

MUTED = "#9a9a9a"
STRONG = "#d55e00"
PALETTE = [f"#{position:06d}" for position in range(1, 9)]
"""Stand-ins that the page replaces by the theme's colours, light or dark."""
_LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0}
_TEMPLATE = {"layout": {"colorway": PALETTE}}
_BAR, _BAR_OF_LINES = 32, 48
"""High enough for the text in a bar: plotly makes text smaller that does not fit."""
_TILE = 260
_BELOW = 62
"""Room for ticks and the title of an axis under a chart."""
_LEAST = 28 + 64 + _BELOW
"""The height of a chart with that room: plotly takes from it when less than 64 are left between."""
_MOST_BESIDE = 200
_FEW = 8
_SHORTEST = 4
_NO_SCALE = {"range": [0, 1], "showticklabels": False}
"""Of a small chart without a value: plotly would write numbers from 0 to 4 beside nothing."""
NEXT_LINE = "<br>"
_ON_MUTED = "#000000"
_HEADROOM = 1.17
"""Of a chart of whole bars the part above them, where the remarks on the forms stand."""
FIXED = {"automargin": False, "fixedrange": True, "ticklabeloverflow": "allow"}


@dataclass(frozen=True, slots=True)
class Axis:
    """How an axis of values reads: `percent` when values are shares of 1, `ticks` are texts under x values.

    `breaks` holds pairs of a position between two x values (0.5 is between the first and the second) and a remark;
    `order` is every x value that has a place, those of the frame when it is empty.
    """

    title: str = ""
    percent: bool = False
    ticks: Mapping[str, str] = field(default_factory=dict)
    breaks: Sequence[tuple[float, str]] = ()
    order: Sequence[str] = ()

    def text(self, value: str) -> str:
        """What stands under an x value; a span of years without reports is cut short."""
        return self.ticks.get(value, "…" if "–" in value else value)

    @property
    def format(self) -> str:
        """The d3 format of its numbers."""
        return ".0%" if self.percent else ",~r"


def blank(height: int, **layout: object) -> go.Figure:
    """A figure with the layout that all share; given at once, since every later change costs milliseconds."""
    shared: dict[str, object] = {
        "template": _TEMPLATE,
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 28, "b": 8},
        "hovermode": "closest",
        "dragmode": False,
        "clickmode": "event+select",
        "legend": _LEGEND,
    }
    return go.Figure(layout=shared | layout)


def _years(frame: pd.DataFrame, axis: Axis) -> dict[str, object]:
    """The layout of a chart over years: every year a category, remarks where the form changes.

    Margins that plotly finds by itself cost a second drawing of each chart, so they are given.
    """
    order = list(axis.order) or sorted(frame["x"].unique())
    return {
        "margin": {"l": _gutter(frame["y"], axis), "r": 8, "t": 28, "b": 44},
        "xaxis": FIXED
        | {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": order,
            "tickvals": order,
            "ticktext": [axis.text(value) for value in order],
            "tickangle": 0,
            "tickfont": {"size": 12 if len(order) <= _FEW else 9},
            "range": [-0.5, len(order) - 0.5],
        },
        "yaxis": FIXED
        | {"tickformat": axis.format}
        | (_NO_SCALE if frame["y"].isna().all() else {"rangemode": "tozero"}),
        "shapes": [_divider(position) for position, _ in axis.breaks],
        "annotations": [
            _remark(position, 1 - 0.07 * (number % 2), text) for number, (position, text) in enumerate(axis.breaks)
        ]
        + _unit(axis),
    }


def _gutter(values: pd.Series, axis: Axis) -> int:
    """Room for the numbers left of a chart: as wide as the longest of them can get."""
    low, high = (values.min(), values.max()) if values.notna().any() else (0, 0)
    texts = [f"{100 * end:.0f}%" if axis.percent else f"{end:,.0f}" for end in (low, high)]
    return 18 + 8 * max(_SHORTEST, *map(len, texts))


def width(texts: Iterable[str]) -> int:
    """The pixels that the longest line of some texts takes as a label; one of capitals alone may take more."""
    lines = [line for text in texts for line in text.split(NEXT_LINE)]
    return max((sum(6 if sign.isascii() else 12 for sign in line) for line in lines), default=0)


def beside(names: Iterable[str]) -> int:
    """Room for names left of a chart. Plotly makes more where it is too little, but draws the chart twice for that.

    The longest names are left to it: on a telephone it knows how much of them must give way to the bars.
    """
    return min(width(names) + 24, _MOST_BESIDE)


def _unit(axis: Axis) -> list[dict[str, object]]:
    """The unit over the axis of values; beside it, written upwards, it would take the room of the chart."""
    if not axis.title:
        return []
    return [_remark(0, 1, axis.title, above=True) | {"xref": "paper", "xanchor": "right", "xshift": -6}]


def draws_something(figure: go.Figure) -> bool:
    """Whether any trace has a point with a place: a chart without one shows axes that mean nothing."""
    return any(
        pd.notna(x) and pd.notna(y)
        for trace in figure.data
        for x, y in zip(_values(trace.x), _values(trace.y), strict=False)
    )


def _values(values: Any) -> Sequence[Any]:
    return () if values is None else values


def _divider(x: float) -> dict[str, object]:
    line = {"dash": "dot", "color": MUTED}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _remark(x: float, y: float, text: str, *, above: bool = False) -> dict[str, object]:
    anchors = {"yanchor": "bottom"} if above else {"yanchor": "top", "xanchor": "left"}
    return {"x": x, "y": y, "yref": "paper", "text": text, "showarrow": False, "font": {"size": 11}, **anchors}


def _error(rows: pd.DataFrame) -> dict[str, object] | None:
    if "low" not in rows:
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": list(rows["high"] - rows["y"]),
        "arrayminus": list(rows["y"] - rows["low"]),
        "thickness": 1,
    }


def _line(rows: pd.DataFrame, name: str, colour: str | None = None) -> go.Scatter:
    return go.Scatter(
        x=list(rows["x"]),
        y=[None if pd.isna(value) else value for value in rows["y"]],
        name=name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour},
        marker={"size": 9},
        customdata=list(rows["click"]),
        text=list(rows["text"]),
        hovertemplate="%{text}<extra></extra>",
        error_y=_error(rows),
    )


def lines(frame: pd.DataFrame, axis: Axis) -> go.Figure:
    """One line per `series` over `x`; `low` and `high`, when there, are drawn as an interval."""
    figure = blank(380, showlegend=frame["series"].nunique() > 1, **_years(frame, axis))
    for name, rows in frame.groupby("series", sort=False):
        figure.add_trace(_line(rows, str(name)))
    return figure


def tiles(frame: pd.DataFrame, axes: Mapping[str, Axis]) -> list[go.Figure]:
    """Small multiples: a figure per `series`, each with its own scale, n under the years, and a colour of its own."""
    figures = []
    for number, (name, rows) in enumerate(frame.groupby("series", sort=False)):
        axis = axes[str(name)]
        bare = replace(axis, breaks=[(position, "") for position, _ in axis.breaks])
        title = {"text": str(name), "font": {"size": 14}, "x": 0.5, "xanchor": "center"}
        figure = blank(_TILE, showlegend=False, title=title, **_years(rows, bare))
        figures.append(figure.add_trace(_line(rows, str(name), PALETTE[number % len(PALETTE)])))
    return figures


def bars(frame: pd.DataFrame, axis: Axis) -> go.Figure:
    """Horizontal bars, the first row on top, `shown` at their ends or inside; rows with `weak` are grey.

    A bar of 0 has no width to click: a point that nobody sees stands there.
    """
    row = _BAR_OF_LINES if any(NEXT_LINE in name for name in frame["x"]) else _BAR
    figure = blank(
        max(_LEAST, row * len(frame) + 70),
        margin={"l": beside(frame["x"]), "r": 8, "t": 28, "b": _BELOW},
        showlegend=False,
        bargap=0.25,
        barmode="overlay",
        xaxis={"tickformat": axis.format, "title": {"text": axis.title}, "range": _room(frame["y"]), **_whole(frame)},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(frame["x"])[::-1],
            "automargin": True,
        },
    )
    weak = frame["weak"].astype(bool) if "weak" in frame else pd.Series(False, index=frame.index)
    for is_weak in (False, True):
        figure.add_trace(_bar(frame.loc[weak == is_weak], is_weak=is_weak))
    zero = frame[frame["y"] == 0]
    if len(zero):
        figure.add_trace(clickable(zero.assign(x=0, series=zero["x"])))
    return figure


def _bar(rows: pd.DataFrame, *, is_weak: bool) -> go.Bar:
    return go.Bar(
        x=list(rows["y"]),
        y=list(rows["x"]),
        orientation="h",
        customdata=list(rows["click"]),
        text=list(rows["shown"]),
        hovertext=list(rows["text"]),
        hovertemplate="%{hovertext}<extra></extra>",
        textposition=["auto" if value else "outside" for value in rows["y"]],
        textangle=0,
        cliponaxis=False,
        marker={"color": MUTED} if is_weak else {},
        insidetextfont={"color": _ON_MUTED} if is_weak else {},
    )


def _whole(frame: pd.DataFrame) -> dict[str, object]:
    """Ticks at whole numbers where few are counted: there is no half of a report."""
    few = len(frame) > 0 and frame["y"].max() <= _FEW and (frame["y"] % 1 == 0).all() and frame["y"].any()
    return {"dtick": 1} if few and frame["y"].min() >= 0 else {}


def _room(values: pd.Series) -> list[float] | None:
    """A range that leaves room for the text at the longest bar; None, the default, when there is nothing to draw."""
    if values.empty or values.isna().all():
        return None
    if not values.any():
        return [0.0, 1.0]
    low, high = min(0.0, values.min()), max(0.0, values.max())
    return [1.2 * low, high + 0.2 * (high - low)]


def stacked(frame: pd.DataFrame, axis: Axis) -> go.Figure:
    """Bars over `x` made of `series`."""
    layout = _years(frame, axis)
    layout["margin"] = {"l": _gutter(frame["y"], axis), "r": 8, "t": 70, "b": 44}
    if axis.percent and axis.breaks:
        layout["yaxis"] = FIXED | {"tickformat": axis.format, "range": [0, _HEADROOM], "tick0": 0, "dtick": 0.2}
    figure = blank(420, barmode="stack", legend=_LEGEND | {"traceorder": "normal"}, **layout)
    for name, rows in frame.groupby("series", sort=False):
        figure.add_trace(
            go.Bar(
                x=list(rows["x"]),
                y=list(rows["y"]),
                name=str(name),
                customdata=list(rows["click"]),
                hovertext=list(rows["text"]),
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    return figure


def spread(frame: pd.DataFrame, quantiles: Mapping[str, float], axis: Axis) -> go.Figure:
    """Every report of a group as a mark at its value, the chosen ones labelled, with lines at the quantiles."""
    at: dict[float, list[str]] = {}
    for name, value in quantiles.items():
        at.setdefault(value, []).append(name)
    heights = enumerate((" ".join(names), value) for value, names in at.items())
    figure = blank(
        300,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 48, "b": 8},
        yaxis={"visible": False, "range": [-0.2, 1.3]},
        xaxis={"tickformat": axis.format, "title": {"text": axis.title}, "range": _room(frame["y"])},
        shapes=[_divider(value) for value in at],
        annotations=[_remark(value, 1 + 0.07 * (n % 2), name, above=True) for n, (name, value) in heights],
    )
    level = [((7 * position) % 11) / 11 for position in range(len(frame))]
    chosen = list(frame["chosen"])
    figure.add_trace(
        go.Scatter(
            x=list(frame["y"]),
            y=level,
            mode="markers+text",
            marker={"size": [14 if flag else 8 for flag in chosen], "color": [STRONG if f else MUTED for f in chosen]},
            text=[series if flag else "" for series, flag in zip(frame["series"], chosen, strict=True)],
            textposition=_inward(frame["y"]),
            cliponaxis=False,
            customdata=list(frame["click"]),
            hovertext=list(frame["text"]),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    return figure


def _inward(values: pd.Series) -> list[str]:
    """Where the name of a mark stands so that the edge of a narrow screen does not cut it."""
    middle = (min(0.0, values.min()) + values.max()) / 2
    return ["top left" if value > middle else "top right" for value in values]


def funnel(frame: pd.DataFrame, limits: pd.DataFrame, axis: Axis) -> go.Figure:
    """Shares (`y`) over their denominators (`size`), with the limits within which chance alone would leave them."""
    figure = blank(
        440,
        margin={"l": beside(["100%"]), "r": 8, "t": 28, "b": _BELOW},
        yaxis={"tickformat": ".0%", "range": [-0.03, 1.03], "automargin": True},
        xaxis={"title": {"text": axis.title}, "rangemode": "tozero"},
    )
    for name, dash in (("centre", "solid"), ("low95", "dash"), ("high95", "dash"), ("low99", "dot"), ("high99", "dot")):
        figure.add_trace(
            go.Scatter(
                x=list(limits["size"]),
                y=list(limits[name]),
                mode="lines",
                line={"dash": dash, "width": 1, "color": MUTED},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    figure.add_trace(
        go.Scatter(
            x=list(frame["size"]),
            y=list(frame["y"]),
            mode="markers",
            marker={"size": 10},
            customdata=list(frame["click"]),
            hovertext=list(frame["text"]),
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
        )
    )
    return figure


def clickable(frame: pd.DataFrame) -> go.Scatter:
    """Points that nobody sees over the fields of a map, since its fields themselves cannot be clicked."""
    return go.Scatter(
        x=list(frame["x"]),
        y=list(frame["series"]),
        mode="markers",
        marker={"symbol": "square", "size": 22, "opacity": 0},
        showlegend=False,
        customdata=list(frame["click"]),
        hovertext=list(frame["text"]),
        hovertemplate="%{hovertext}<extra></extra>",
    )
