"""The charts of metrics: trend, small multiples, ranking, coverage. Each comes with its definition, n and table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from dashboard import charts, charts_maps
from dashboard.components import points
from dashboard.components.figures import Exhibit
from dashboard.components.kept import kept
from dashboard.components.view import NO_PLACES, View
from dashboard.queries import questions

_RANKED = 20
_NAMED = 40
REPORTS = "completeness"
"""A metric that every report has: what stands behind it is the reports themselves."""


def definition(view: View, metric: str) -> str:
    """What a metric is: its formula in words, and its caveat."""
    row = view.metrics[metric]
    caveat = row[f"caveat_{view.words.lang}"]
    formula = view.words("chart.formula", metric=view.metric(metric), formula=view.words.entry(row, "formula"))
    return formula if pd.isna(caveat) else f"{formula} {caveat}"


@kept
def trend(view: View, metric: str, *, interval: bool = False) -> Exhibit:
    """A metric of everything that the filters leave, by year, n under each year."""
    frame = points.metric_points(view, [metric])
    drawn = points.with_intervals(frame) if interval else frame
    return Exhibit(
        key=f"trend_{metric}",
        title=view.words("chart.trend", metric=view.metric(metric)),
        figure=charts.lines(points.with_gaps(view, drawn), points.axis(view, metric, frame)),
        table=points.table(view, frame),
        definition=definition(view, metric),
        note=view.words("chart.interval") if interval else view.words("chart.n"),
    )


@kept
def trends(view: View, key: str, metrics: Sequence[str]) -> Exhibit:
    """Small multiples of several metrics by year, each on a scale of its own."""
    frame = points.metric_points(view, metrics)
    frame = frame.assign(series=[view.metric(metric) for metric in frame["metric"]])
    places = {metric: place for place, metric in enumerate(metrics)}
    frame = frame.sort_values("metric", key=lambda keys: keys.map(places), kind="stable")
    axes = {view.metric(m): points.axis(view, m, frame[frame["metric"] == m]) for m in metrics}
    return Exhibit(
        key=key,
        title=view.words(f"chart.{key}"),
        figure=charts.tiles(points.with_gaps(view, frame), axes),
        table=points.table(view, frame),
        definition=" ".join(definition(view, metric) for metric in metrics),
        note=view.words("chart.n"),
    )


@kept
def ranking(view: View, metric: str, by: str, year: int) -> Exhibit:
    """The groups of one year from the highest value down; shares of fewer than 30 are not ranked."""
    frame = points.dressed(view, questions.metric_in(view.selection, metric, by, year), by)
    everything = points.ranked(frame[~frame["group_key"].isin(NO_PLACES)], None)
    ranked = everything.head(_RANKED)
    few = view.words("chart.few")
    drawn = ranked.assign(
        x=[_numbered(row["series"], row["rank"]) for _, row in ranked.iterrows()],
        shown=[few if row["weak"] else f"{row['shown']} (n={row['n']:.0f})" for _, row in ranked.iterrows()],
    )
    return Exhibit(
        key=f"ranking_{by}_{metric}",
        title=view.words(f"chart.ranking_{by}", metric=view.metric(metric), year=year),
        figure=charts.bars(drawn, points.axis(view, metric)),
        table=_rank_table(view, frame, everything, by),
        definition=definition(view, metric),
        note=" ".join(_ranking_notes(view, frame, len(ranked))),
    )


def _ranking_notes(view: View, frame: pd.DataFrame, shown: int) -> Iterator[str]:
    groups = int(frame["listed_of"].iloc[0]) if len(frame) else 0
    yield view.words("chart.ranking_note", shown=shown, groups=groups)
    if groups > len(frame):
        yield view.words("chart.listed", n=len(frame))


def _numbered(name: str, rank: Any) -> str:
    return f"· {name}" if pd.isna(rank) else f"{rank}. {name}"


def _rank_table(view: View, frame: pd.DataFrame, ranked: pd.DataFrame, by: str) -> pd.DataFrame:
    """Every group in the order of the chart with its rank; what has none comes after, with the reason."""
    few = view.words("chart.few")
    rest = frame.drop(ranked.index).sort_values("value", ascending=False)
    whole = pd.concat([ranked.assign(why=[few if weak else "" for weak in ranked["weak"]]), rest])
    table = points.table(view, whole, by)
    table.insert(0, view.words("column.rank"), pd.Series(list(whole["rank"]), dtype="Int64"))
    return table


@kept
def coverage(view: View) -> Exhibit:
    """County × year: which reports are there, and how many of the known agencies' are missing."""
    words = view.words
    frame = questions.coverage(view.selection).copy()
    frame["series"] = [view.county_names.get(key, key) for key in frame["group_key"]]
    frame["x"] = [str(year) for year in frame["year"]]
    frame["y"] = frame["reports"] / frame["agencies"]
    frame["shown"] = [f"{n}/{of}" for n, of in zip(frame["reports"], frame["agencies"], strict=True)]
    said = zip(frame["series"], frame["x"], frame["shown"], strict=True)
    frame["text"] = [f"{series} {year}<br>{shown}" for series, year, shown in said]
    frame["click"] = [
        points.click(REPORTS, "county", key, int(year)) if n else ""
        for key, year, n in zip(frame["group_key"], frame["year"], frame["reports"], strict=True)
    ]
    named = frame["series"].drop_duplicates().head(_NAMED)
    table = frame[["series", "x", "reports", "agencies", "y"]]
    return Exhibit(
        key="coverage",
        title=words("chart.coverage"),
        figure=charts_maps.grid(frame[frame["series"].isin(named)], words("column.coverage")),
        table=table.set_axis(
            [words(f"column.{name}") for name in ("county", "year", "reports", "agencies", "coverage")], axis=1
        ),
        definition=words("chart.coverage_definition"),
        note=words("chart.first", n=_NAMED) if frame["series"].nunique() > _NAMED else "",
    )
