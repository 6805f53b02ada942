"""The compare page: chosen agencies or counties, one metric, four ways to put it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import charts, formats
from dashboard.charts import Axis
from dashboard.components import exhibits, points, url
from dashboard.components.figures import Exhibit
from dashboard.components.view import View
from dashboard.plain import in_markdown
from dashboard.queries import questions

MOST = 8
_AT_FIRST = 5
_QUANTILES = ("p10", "p25", "p50", "p75", "p90")


def bases(view: View, metric: str) -> dict[str, str]:
    """The ways to put a metric: a value per report only of counts, a share only of those that are never negative."""
    kept = ["value", "share", "per_report", "change"]
    if view.metrics[metric]["kind"] != "count":
        kept = ["value", "change"]
    elif view.metrics[metric]["is_signed"]:
        kept.remove("share")
    return {name: view.words(f"basis.{name}") for name in kept}


def chosen(view: View, metric: str, by: str) -> list[str]:
    """The groups that the URL names, otherwise those with the highest values in the last year."""
    names = groups(view, by)
    asked = url.pick_many(
        "pick", view.words("filters.pick"), names, placeholder=view.words("filters.pick_hint"), max_selections=MOST
    )
    unknown = [f"pick={key}" for key in url.query().get("pick", ()) if key not in names]
    if unknown:
        st.warning(view.words("filters.refused", what=in_markdown("、".join(unknown))))
    last = questions.metric_in(view.selection, metric, by, points.latest(view)).dropna(subset=["value"])
    return asked or list(last.sort_values("value", ascending=False)["group_key"].head(_AT_FIRST))


def groups(view: View, by: str) -> dict[str, str]:
    """Every group that the filters leave, with its name."""
    return points.labels(view, by, questions.groups(view.selection, by, url.query().get("pick", ())))


def over_years(view: View, metric: str, by: str, keys: list[str]) -> pd.DataFrame:
    """The chosen groups year by year, ready to be drawn."""
    return points.dressed(view, questions.metric_of(view.selection, metric, by, keys), by)


def put(view: View, frame: pd.DataFrame, basis: str) -> pd.DataFrame:
    """The frame with `y` on the basis; null where it has none (base 0, year missing)."""
    frame = frame.sort_values(["series", "year"]).copy()
    if basis == "share":
        whole = questions.metric_by(view.selection, tuple(frame["metric"].unique())).set_index("year")["value"]
        frame["y"] = frame["value"] / frame["year"].map(whole.where(whole != 0))
    elif basis == "per_report":
        frame["y"] = frame["value"] / frame["n"].where(frame["n"] > 0)
    elif basis == "change" and len(frame):
        return _changed(view, frame)
    return frame


def _changed(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the change since the year before as `y`: of counts in % with a remark on a small base."""
    before = frame.groupby("series")[["value", "year"]].shift()
    base = before["value"].where(frame["year"] - before["year"] == 1)
    if not _in_percent_of_base(view, frame["metric"].iloc[0]):
        return frame.assign(y=frame["value"] - base)
    said = [formats.change_of_count(*pair, view.words) or "" for pair in zip(frame["value"], base, strict=True)]
    small = base.abs() < formats.SMALL_BASE
    return frame.assign(
        y=(frame["value"] - base) / base.where(base != 0),
        text=[f"{text}<br>{each}" if each else text for text, each in zip(frame["text"], said, strict=True)],
        why=[each if few else why for each, few, why in zip(said, small, frame["why"], strict=True)],
    )


def _in_percent_of_base(view: View, metric: str) -> bool:
    """Whether a change is told in % of what was before: not of shares, nor of what can be negative."""
    return view.metrics[metric]["kind"] == "count" and not view.metrics[metric]["is_signed"]


def _axis(view: View, metric: str, basis: str) -> Axis:
    percent = points.is_percent(view, metric) if basis == "value" else basis != "per_report"
    if basis == "change" and not points.is_percent(view, metric):
        percent = _in_percent_of_base(view, metric)
    unit = "" if percent else points.unit(view, metric)
    return Axis(title=unit, percent=percent, breaks=points.breaks(view), order=points.span(view))


def _words(view: View, metric: str, basis: str) -> str:
    extra = f"basis.{basis}_definition"
    more = view.words(extra) if extra in view.words else ""
    return f"{exhibits.definition(view, metric)} {more}".strip()


def _table(view: View, frame: pd.DataFrame, by: str, basis: str) -> pd.DataFrame:
    table = points.table(view, frame, by)
    if basis != "value":
        table.insert(3, view.words(f"basis.{basis}"), list(frame["y"]))
    return table


def together(view: View, frame: pd.DataFrame, by: str, basis: str) -> Exhibit:
    """One line a group."""
    metric = frame["metric"].iloc[0]
    drawn = points.with_intervals(frame) if basis == "value" and points.is_percent(view, metric) else frame
    return Exhibit(
        key="compare",
        title=view.words("chart.compare", metric=view.metric(metric), basis=view.words(f"basis.{basis}")),
        figure=charts.lines(points.with_gaps(view, drawn), _axis(view, metric, basis)),
        table=_table(view, frame, by, basis),
        definition=_words(view, metric, basis),
        note=view.words("chart.n"),
    )


def apart(view: View, frame: pd.DataFrame, by: str, basis: str) -> Exhibit:
    """One panel a group, n under each year."""
    metric = frame["metric"].iloc[0]
    plain = _axis(view, metric, basis)
    axes = {str(name): replace(plain, title="", ticks=points.ticks(rows)) for name, rows in frame.groupby("series")}
    return Exhibit(
        key="multiples",
        title=view.words("chart.multiples", metric=view.metric(metric)),
        figure=charts.tiles(points.with_gaps(view, frame), axes),
        table=_table(view, frame, by, basis),
        definition=_words(view, metric, basis),
        note=view.words("chart.n"),
    )


def spread(view: View, metric: str, kind: str, year: int, chosen_keys: list[str]) -> Exhibit:
    """Where agencies of one kind stand in one year, the chosen ones named with their percentile."""
    frame = questions.spread(view.selection, metric, kind, year, chosen_keys).copy()
    frame["chosen"] = frame["agency_key"].isin(chosen_keys)
    frame["y"], frame["series"] = frame["value"], frame["agency"]
    frame["text"] = [
        f"{row['agency']}<br>{points.said(view, metric, row['value'])}<br>P{row['percentile']:.0f} · "
        f"{view.words('column.robust_z')} {formats.number(row['robust_z'])}"
        for _, row in frame.iterrows()
    ]
    frame["click"] = [points.click(metric, "report", report_id, year) for report_id in frame["report_id"]]
    quantiles = {name.upper(): float(frame[name].iloc[0]) for name in _QUANTILES} if len(frame) else {}
    columns = ["agency", "county", "value", "numerator", "denominator", "percentile", "robust_z"]
    return Exhibit(
        key="spread",
        title=view.words("chart.spread", metric=view.metric(metric), year=year, kind=view.words(f"kind.{kind}")),
        figure=charts.spread(frame, quantiles, points.axis(view, metric)),
        table=frame[columns].set_axis([view.words(f"column.{name}") for name in columns], axis=1),
        definition=f"{exhibits.definition(view, metric)} {view.words('chart.spread_definition')}",
        note=" ".join(_spread_notes(view, frame)),
    )


def _spread_notes(view: View, frame: pd.DataFrame) -> Iterator[str]:
    n = int(frame["n"].iloc[0]) if len(frame) else 0
    yield view.words("chart.spread_note", n=n)
    if n > len(frame):
        yield view.words("chart.spread_drawn", drawn=len(frame))
