"""Who names a theme: the theme over the years, its agencies, those that repeat it, promises that did not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import charts, formats, statistics
from dashboard.charts import Axis
from dashboard.components import exhibits as metric_exhibits
from dashboard.components import points, problem_sentences, url
from dashboard.components.figures import Exhibit
from dashboard.components.names import agencies
from dashboard.components.problem_sentences import click
from dashboard.components.view import View
from dashboard.queries import problems
from dashboard.queries.problems import Sought

_SHOWN = 20


def exhibits(view: View) -> Iterator[Exhibit]:
    """The charts of this part, in reading order; the reader chooses a theme first."""
    names = {key: view.words.entry(row) for key, row in problems.theme_names().items()}
    theme = url.pick_one(view.words, "theme", names, view.words("column.theme"))
    st.caption(view.words.entry(problems.theme_names()[theme], "definition"))
    yield over_years(view, theme, names[theme])
    yield naming(view, theme, names[theme])
    problem_sentences.show(view, Sought("theme", theme), "theme")
    yield streaks(view, names)
    yield promises(view, names)
    if view.has("promise_repeat_rate"):
        yield metric_exhibits.trend(view, "promise_repeat_rate")


def over_years(view: View, theme: str, name: str) -> Exhibit:
    """The share of reports that name the theme, by year, with its interval."""
    frame = problems.themes(view.selection, "year")
    frame = frame[frame["theme"] == theme].sort_values("group_key")
    drawn = pd.DataFrame(
        {
            "x": frame["group_key"],
            "y": frame["share"],
            "n": frame["of_reports"],
            "numerator": frame["reports"],
            "denominator": frame["of_reports"],
            "metric_kind": points.RATIO,
            "series": name,
            "text": [f"{row['group_key']}<br>{_share(row)}" for _, row in frame.iterrows()],
            "click": [click(Sought("theme", theme, "all", "", int(year))) for year in frame["group_key"]],
        }
    )
    table = frame[["group_key", "reports", "of_reports", "share", "statements"]]
    heads = ("year", "reports", "asked", "share", "statements")
    return Exhibit(
        key="theme_by_year",
        title=view.words("problems_themes.one_by_year", theme=name),
        figure=charts.lines(
            points.with_gaps(view, points.with_intervals(drawn)), Axis(percent=True, ticks=points.ticks(drawn))
        ),
        table=table.set_axis([view.words(f"column.{head}") for head in heads], axis=1),
        definition=view.words("problems_themes.prevalence_definition"),
        note=view.words("chart.interval"),
    )


def naming(view: View, theme: str, name: str) -> Exhibit:
    """The agencies that name the theme, those of the most years first."""
    frame = problems.agencies(view.selection, theme)
    top = frame.head(_SHOWN).copy()
    top["label"] = top["agency_key"].map(agencies(view, top, "agency_key"))
    drawn = pd.DataFrame(
        {
            "x": top["label"],
            "y": [len(str(years).split()) for years in top["years"]],
            "shown": top["years"],
            "text": [f"{row['label']}<br>{row['years']}<br>{row['statements']}" for _, row in top.iterrows()],
            "click": [click(Sought("theme", theme, "agency", key)) for key in top["agency_key"]],
        }
    )
    table = frame[["agency", "county", "kind", "years", "statements"]].copy()
    table["kind"] = table["kind"].map({kind: view.words(f"kind.{kind}") for kind in table["kind"].unique()})
    heads = ("agency", "county", "kind", "year", "statements")
    return Exhibit(
        key="theme_agencies",
        title=view.words("problems_themes.naming", theme=name, n=_every(frame)),
        figure=_whole_years(charts.bars(drawn, Axis(title=view.words("unit.年")))),
        table=table.set_axis([view.words(f"column.{head}") for head in heads], axis=1),
        definition=view.words("problems_themes.naming_definition"),
        note=" ".join(_notes(view, frame)),
    )


def streaks(view: View, names: dict[str, str]) -> Exhibit:
    """Agencies that name the same theme in consecutive years, the longest runs first."""
    frame = problems.streaks(view.selection)
    top = frame.drop_duplicates(["agency_key", "theme"]).head(_SHOWN).copy()
    named = agencies(view, top, "agency_key")
    top["label"] = [f"{named[row['agency_key']]} · {names[row['theme']]}" for _, row in top.iterrows()]
    top["span"] = [f"{row['first_year']}–{row['last_year']}" for _, row in top.iterrows()]
    drawn = pd.DataFrame(
        {
            "x": top["label"],
            "y": top["years"],
            "shown": top["span"],
            "text": [f"{row['label']}<br>{row['span']}<br>{row['years']}" for _, row in top.iterrows()],
            "click": [
                click(Sought("theme", theme, "agency", key))
                for theme, key in zip(top["theme"], top["agency_key"], strict=True)
            ],
        }
    )
    table = frame.assign(theme=frame["theme"].map(names))
    columns = ["agency", "county", "theme", "first_year", "last_year", "years"]
    return Exhibit(
        key="streaks",
        title=view.words("problems_themes.streaks", n=_every(frame)),
        figure=_whole_years(charts.bars(drawn, Axis(title=view.words("unit.年")))),
        table=table[columns].set_axis([view.words(f"column.{column}") for column in columns], axis=1),
        definition=view.words("problems_themes.streaks_definition"),
        note=" ".join(_notes(view, frame)),
    )


def promises(view: View, names: dict[str, str]) -> Exhibit:
    """By theme: the share of last year's promises that are problems again."""
    frame = problems.promises(view.selection).copy()
    frame["label"] = [names[key] for key in frame["theme"]]
    frame["weak"] = frame["promised"] < statistics.ENOUGH
    few = view.words("chart.few")
    drawn = pd.DataFrame(
        {
            "x": frame["label"],
            "y": frame["share"],
            "weak": frame["weak"],
            "shown": [
                f"{row['again']}/{row['promised']} {few if row['weak'] else formats.percent(row['share'])}"
                for _, row in frame.iterrows()
            ],
            "text": [f"{row['label']}<br>{row['again']} / {row['promised']}" for _, row in frame.iterrows()],
            "click": [click(Sought("theme", key)) for key in frame["theme"]],
        }
    )
    columns = ["label", "again", "promised", "share"]
    heads = ("theme", "again", "promised", "share")
    return Exhibit(
        key="promises",
        title=view.words("problems_themes.promises"),
        figure=charts.bars(drawn, Axis(percent=True)),
        table=frame[columns].set_axis([view.words(f"column.{head}") for head in heads], axis=1),
        definition=view.words("problems_themes.promises_definition"),
        note=view.words("problems_themes.weak_note"),
    )


def _every(frame: pd.DataFrame) -> int:
    return int(frame["listed_of"].iloc[0]) if len(frame) else 0


def _notes(view: View, frame: pd.DataFrame) -> Iterator[str]:
    if len(frame) > _SHOWN:
        yield view.words("chart.first", n=_SHOWN)
    if _every(frame) > len(frame):
        yield view.words("chart.listed", n=len(frame))


def _whole_years(figure: go.Figure) -> go.Figure:
    return figure.update_xaxes(dtick=1)


def _share(row: Any) -> str:
    return f"{formats.percent(row['share'])}<br>{row['reports']} / {row['of_reports']}"
