"""The compare page: chosen agencies or counties, one metric, four ways to put it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import charts, formats
from dashboard.charts import Axis
from dashboard.components import exhibits, points, url
from dashboard.components.figures import Exhibit
from dashboard.components.view import NO_PLACES, View
from dashboard.plain import in_markdown
from dashboard.queries import questions

MOST = 8
COUNT = "count"
_AT_FIRST = 5
_NOBODY = ("",)
"""A key that no group has: without any the question would be about all of them."""
_QUANTILES = ("p10", "p25", "p50", "p75", "p90")


def bases(view: View, metric: str) -> dict[str, str]:
    """The ways to put a metric: a value per report only of counts, a share only of those that are never negative."""
    kept = ["value", "share", "per_report", "change"]
    if view.metrics[metric]["kind"] != COUNT:
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
    return asked or _highest(view, metric, by)


def _highest(view: View, metric: str, by: str) -> list[str]:
    """The first ranked groups of the last year in which any has a value; shares of few only for want of others."""
    for year in reversed(points.years(view)):
        frame = questions.metric_in(view.selection, metric, by, int(year))
        ranked = points.ranked(frame[~frame["group_key"].isin(NO_PLACES)].assign(y=frame["value"]), _AT_FIRST)
        if len(ranked):
            return list(ranked["group_key"])
    return []


def groups(view: View, by: str) -> dict[str, str]:
    """Every group that the filters leave, with its name."""
    return points.labels(view, by, questions.groups(view.selection, by, url.query().get("pick", ())))


def over_years(view: View, metric: str, by: str, keys: list[str]) -> pd.DataFrame:
    """The chosen groups year by year, ready to be drawn."""
    return points.dressed(view, questions.metric_of(view.selection, metric, by, keys or _NOBODY), by)


def put(view: View, frame: pd.DataFrame, metric: str, basis: str) -> pd.DataFrame:
    """The frame with `y` on the basis, null where it has none; the hover text says both."""
    frame = frame.sort_values(["series", "year"]).copy()
    if basis == "share":
        whole = questions.metric_by(view.selection, [metric]).set_index("year")["value"]
        frame["y"] = frame["value"] / frame["year"].map(whole.where(whole > 0))
    elif basis == "per_report":
        frame["y"] = frame["value"] / frame["n"].where(frame["n"] > 0)
    elif basis == "change":
        return _changed(view, frame, metric)
    if basis != "value":
        said = formats.percent if basis == "share" else formats.number
        frame["text"] = _and_basis(view, frame["text"], basis, [said(each) for each in frame["y"]])
    return frame


def _and_basis(view: View, texts: Iterable[str], basis: str, said: Iterable[str]) -> list[str]:
    """The hover texts with what is drawn: the value itself is no more than what it is made of."""
    name = view.words(f"basis.{basis}")
    return [f"{text}<br>{name} {each}" for text, each in zip(texts, said, strict=True)]


def _changed(view: View, frame: pd.DataFrame, metric: str) -> pd.DataFrame:
    """The frame with the change since the year before as `y`; `why` says what its base lacks."""
    before = frame.groupby("series")[["value", "year"]].shift()
    base = before["value"].where(frame["year"] - before["year"] == 1)
    in_percent = _in_percent_of_base(view, metric)
    said = [_told(view, metric, *pair) for pair in zip(frame["value"], base, strict=True)]
    least = zip(frame["why"], said, base, strict=True)
    return frame.assign(
        y=(frame["value"] - base) / base.where(base != 0) if in_percent else frame["value"] - base,
        text=_and_basis(view, frame["text"], "change", [each or formats.NOTHING for each in said]),
        why=[why or _lack(view, each, number, in_percent=in_percent) for why, each, number in least],
    )


def _told(view: View, metric: str, now: float, base: float) -> str:
    if _in_percent_of_base(view, metric):
        return formats.change_of_count(now, base, view.words) or ""
    if points.is_percent(view, metric):
        return formats.change_of_share(now, base, view.words) or ""
    return formats.difference(now, base) or ""


def _lack(view: View, said: str, base: float, *, in_percent: bool) -> str:
    """Why there is no change, or the change itself where its base is small."""
    if formats.absent(base):
        return view.words("basis.no_base")
    if in_percent and base == 0:
        return view.words("basis.base_of_zero")
    return said if in_percent and base < formats.SMALL_BASE else ""


def _in_percent_of_base(view: View, metric: str) -> bool:
    """Whether a change is told in % of what was before: not of shares, nor of what can be negative."""
    return view.metrics[metric]["kind"] == COUNT and not view.metrics[metric]["is_signed"]


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


def together(view: View, frame: pd.DataFrame, metric: str, by: str, basis: str) -> Exhibit:
    """One line a group."""
    drawn = points.with_intervals(frame) if basis == "value" and points.is_percent(view, metric) else frame
    return Exhibit(
        key="compare",
        title=view.words("chart.compare", metric=view.metric(metric), basis=view.words(f"basis.{basis}")),
        figure=charts.lines(points.with_gaps(view, drawn), _axis(view, metric, basis)),
        table=_table(view, frame, by, basis),
        definition=_words(view, metric, basis),
        note=view.words("chart.n"),
    )


def apart(view: View, frame: pd.DataFrame, metric: str, by: str, basis: str) -> Exhibit:
    """One panel a group, n under each year."""
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
