"""The data quality page: pass rates, findings by rule, year and place, the worst reports, missing reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import charts, charts_maps, formats
from dashboard.charts import Axis
from dashboard.components import exhibits, points, quality_list, quality_reports, url
from dashboard.components.figures import Exhibit
from dashboard.components.quality_list import click, headed, rule_name
from dashboard.components.view import View
from dashboard.queries import quality
from dashboard.queries.quality import Wanted

SEVERITIES = ("error", "warning", "info")
PASS_RATE = "arithmetic_pass_rate"
_COLOURS = {"error": charts.STRONG, "warning": charts.PALETTE[0], "info": charts.MUTED}
_SUMS = ("passed", "failed", "not_assessable")
_NAMED = 40
_EVERY = ""


def counts(view: View) -> None:
    """How many reports have errors or warnings, how many sums hold, and how many nobody can assess."""
    words, years = view.words, quality.pass_rates(view.selection)
    every = {name: int(years[name].sum()) for name in ("reports", "with_errors", "with_warnings", "sums", *_SUMS)}
    assessed = every["passed"] + every["failed"]
    tiles = {
        "with_errors": _part(every["with_errors"], every["reports"]),
        "with_warnings": _part(every["with_warnings"], every["reports"]),
        "pass_rate": _part(every["passed"], assessed),
        "not_assessable": _part(every["not_assessable"], every["sums"]),
    }
    for column, (name, (share, of)) in zip(st.columns(len(tiles)), tiles.items(), strict=True):
        with column.container(border=True):
            st.metric(words(f"quality.{name}"), share, help=words(f"quality.{name}_help"))
            st.caption(of)


def _part(part: int, whole: int) -> tuple[str, str]:
    return formats.percent(part / whole if whole else None), f"{part:,} / {whole:,}"


def part(view: View) -> Iterator[Exhibit]:
    """The exhibits of the part that the reader asks for; what is no chart is written on the way."""
    names = {name: view.words(f"quality.part_{name}") for name in _PARTS}
    return _PARTS[url.tabs(view.words, "part", names, view.words("quality.part"))](view)


def findings(view: View) -> Iterator[Exhibit]:
    """The findings asked for by rule, by year and by place, then one by one."""
    wanted = _wanted(view)
    yield rules(view, wanted)
    yield by_year(view, wanted)
    yield by_place(view, wanted)
    quality_list.show(view, wanted, "findings_list")


def _wanted(view: View) -> Wanted:
    words, (left, right) = view.words, st.columns(2)
    weights = {_EVERY: words("filters.all")} | {name: words(f"severity.{name}") for name in SEVERITIES}
    with left:
        severity = url.pick_one(words, "severity", weights, words("filters.severity"))
    names = {row["rule"]: rule_name(view, row) for _, row in quality.by_rule(view.selection).iterrows()}
    with right:
        rule = url.pick_one(words, "rule", {_EVERY: words("filters.all")} | names, words("filters.rule"))
    return Wanted(rule or None, severity or None)


def rules(view: View, wanted: Wanted) -> Exhibit:
    """How often each rule fails, by severity; a rule that fails with two has two bars."""
    words = view.words
    frame = quality.by_rule(view.selection, wanted.severity).copy()
    frame = frame[frame["rule"] == wanted.rule] if wanted.rule else frame
    frame["name"] = [rule_name(view, row) for _, row in frame.iterrows()]
    frame["weight"] = [words(f"severity.{name}") for name in frame["severity"]]
    frame["meaning"] = frame[f"meaning_{words.lang}"]
    drawn = pd.DataFrame(
        {
            "x": [f"{name} · {weight}" for name, weight in zip(frame["name"], frame["weight"], strict=True)],
            "y": frame["findings"],
            "shown": frame["findings"].map("{:,}".format),
            "text": [_said(view, row) for _, row in frame.iterrows()],
            "click": [click(Wanted(row["rule"], row["severity"])) for _, row in frame.iterrows()],
        }
    )
    figure = charts.bars(drawn, Axis())
    figure.update_traces(marker_color=[_COLOURS[name] for name in frame["severity"]], selector=0)
    columns = ["rule", "name", "weight", "findings", "reports", "meaning"]
    heads = ("rule", "label", "severity", "findings", "reports", "meaning")
    return Exhibit(
        key="findings",
        title=words("chart.findings"),
        figure=figure,
        table=headed(view, frame[columns], heads),
        definition=words("chart.findings_definition"),
    )


def _said(view: View, row: Any) -> str:
    counted = view.words("quality.hover", findings=f"{row['findings']:,}", reports=f"{row['reports']:,}")
    return "<br>".join((row["name"], row["weight"], row["meaning"] or "", counted))


def by_year(view: View, wanted: Wanted) -> Exhibit:
    """How many findings each year's reports have, by severity."""
    words, frame = view.words, quality.by_year(view.selection, wanted).copy()
    frame["series"] = [words(f"severity.{name}") for name in frame["severity"]]
    frame["x"] = [str(year) for year in frame["year"]]
    frame["y"] = frame["findings"] / frame["of_reports"]
    frame["text"] = [_hover(view, f"{row['x']} · {row['series']}", row) for _, row in frame.iterrows()]
    frame["click"] = [click(Wanted(wanted.rule, row["severity"], year=int(row["year"]))) for _, row in frame.iterrows()]
    figure = charts.stacked(
        frame.sort_values("severity", key=_by_weight, kind="stable"),
        Axis(ticks=points.ticks(frame.assign(n=frame["of_reports"])), order=points.span(view)),
    )
    columns = ["x", "series", "findings", "reports", "of_reports"]
    return Exhibit(
        key="findings_by_year",
        title=words("quality.by_year"),
        figure=_coloured(figure, {words(f"severity.{name}"): _COLOURS[name] for name in SEVERITIES}),
        table=headed(view, frame[columns], ("year", "severity", "findings", "reports_found", "reports")),
        definition=words("quality.by_year_definition"),
    )


def _by_weight(names: pd.Series) -> pd.Series:
    return names.map({name: place for place, name in enumerate(SEVERITIES)})


def _coloured(figure: go.Figure, colours: Mapping[str, str]) -> go.Figure:
    for trace in figure.data:
        trace.marker.color = colours[trace.name]
    return figure


def _hover(view: View, what: str, row: Any) -> str:
    return f"{what}<br>" + view.words(
        "quality.hover_of",
        findings=f"{row['findings']:,}",
        reports=f"{row['reports']:,}",
        of=f"{row['of_reports']:,}",
    )


def by_place(view: View, wanted: Wanted) -> Exhibit:
    """County × year: how many of the reports have such a finding; errors, unless the reader asks for something else."""
    wanted = wanted if wanted.severity or wanted.rule else Wanted(severity=SEVERITIES[0])
    words, frame = view.words, quality.by_place(view.selection, wanted).copy()
    frame["series"] = [view.county_names.get(key, key) for key in frame["county_key"]]
    frame["x"] = [str(year) for year in frame["year"]]
    frame["y"] = frame["reports"] / frame["of_reports"]
    frame["shown"] = [f"{row['reports']}/{row['of_reports']}" for _, row in frame.iterrows()]
    frame["text"] = [_hover(view, f"{row['series']} {row['x']}", row) for _, row in frame.iterrows()]
    frame["click"] = [
        click(Wanted(wanted.rule, wanted.severity, row["county_key"], int(row["year"]))) if row["findings"] else ""
        for _, row in frame.iterrows()
    ]
    columns = ["series", "x", "findings", "reports", "of_reports", "y"]
    return Exhibit(
        key="findings_by_place",
        title=" · ".join((words("quality.by_place"), *quality_list.asked(view, wanted))),
        figure=charts_maps.grid(_first(frame), words("column.share")),
        table=headed(view, frame[columns], ("county", "year", "findings", "reports_found", "reports", "share")),
        definition=words("quality.by_place_definition"),
        note=_cut(view, frame),
    )


def _first(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["series"].isin(frame["series"].drop_duplicates().head(_NAMED))]


def _cut(view: View, frame: pd.DataFrame) -> str:
    return view.words("chart.first", n=_NAMED) if frame["series"].nunique() > _NAMED else ""


def rates(view: View) -> Iterator[Exhibit]:
    """Which share of the sums that can be assessed holds, and what becomes of all sums."""
    if view.has(PASS_RATE):
        yield exhibits.trend(view, PASS_RATE, interval=True)
    yield sums(view)


def sums(view: View) -> Exhibit:
    """Year by year the sums of the forms: those that hold, that do not, that cannot be assessed."""
    words, years = view.words, quality.pass_rates(view.selection)
    years = years[years["sums"] > 0]
    frame = years.melt("year", _SUMS, "what", "n").merge(years[["year", "sums", "reports_with_sums"]], on="year")
    frame["series"] = [words(f"quality.{what}") for what in frame["what"]]
    frame["x"] = [str(year) for year in frame["year"]]
    frame["y"] = frame["n"] / frame["sums"]
    frame["text"] = [
        f"{row['x']} · {row['series']}<br>{row['n']:,.0f} / {row['sums']:,.0f}" for _, row in frame.iterrows()
    ]
    frame["click"] = [points.click(PASS_RATE, "all", "", int(year)) for year in frame["year"]]
    colours = dict(zip(_SUMS, (charts.PALETTE[0], charts.STRONG, charts.MUTED), strict=True))
    ticks = points.ticks(frame.assign(n=frame["reports_with_sums"]))
    figure = charts.stacked(frame, Axis(percent=True, ticks=ticks, order=points.span(view)))
    assessed = (years["passed"] + years["failed"]).where(lambda number: number > 0)
    table = years.assign(x=[str(year) for year in years["year"]], share=years["passed"] / assessed)
    columns = ["x", "reports_with_sums", "reports_broken", "sums", *_SUMS, "share"]
    heads = ("year", "reports", "reports_broken", "sums", *_SUMS, "pass_rate")
    return Exhibit(
        key="sums",
        title=words("quality.sums"),
        figure=_coloured(figure, {words(f"quality.{what}"): colour for what, colour in colours.items()}),
        table=headed(view, table[columns], heads),
        definition=words("quality.sums_definition"),
    )


_PARTS: Mapping[str, Callable[[View], Iterator[Exhibit]]] = {
    "findings": findings,
    "rates": rates,
    "worst": quality_reports.worst,
    "missing": quality_reports.missing,
}
