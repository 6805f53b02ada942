"""Themes of the problem statements: how many reports name them, by year, by county, rising and falling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard import charts, charts_problems, formats, statistics
from dashboard.charts import Axis
from dashboard.components import points
from dashboard.components.figures import Exhibit
from dashboard.components.problem_sentences import click
from dashboard.components.view import View
from dashboard.queries import problems
from dashboard.queries.problems import Sought

_COUNTIES = 30


def exhibits(view: View) -> Iterator[Exhibit]:
    """The charts of this part, in reading order."""
    yield prevalence(view)
    yield by_year(view)
    yield by_county(view)
    yield rising(view)
    yield unthemed(view)


def prevalence(view: View) -> Exhibit:
    """Every theme with the share of reports that name it."""
    frame = _labelled(view, "all", [""])
    drawn = frame.assign(x=frame["series"], y=frame["share"], shown=[_ended(view, row) for _, row in frame.iterrows()])
    of = int(frame["of_reports"].iloc[0]) if len(frame) else 0
    return Exhibit(
        key="themes",
        title=view.words("problems_themes.prevalence"),
        figure=charts.bars(drawn, Axis(percent=True)),
        table=_table(view, frame, ("theme", "reports", "of_reports", "share", "statements")),
        definition=view.words("problems_themes.prevalence_definition"),
        note=view.words("problems_themes.prevalence_note", n=of),
    )


def by_year(view: View) -> Exhibit:
    """Theme × year."""
    years = points.years(view)
    frame = _labelled(view, "year", years)
    return Exhibit(
        key="themes_by_year",
        title=view.words("problems_themes.by_year"),
        figure=charts_problems.heat(frame, years, view.words("column.share")),
        table=_table(view, frame, ("theme", "year", "reports", "of_reports", "share", "statements")),
        definition=view.words("problems_themes.by_year_definition"),
        note=view.words("problems_themes.weak_note"),
    )


def by_county(view: View) -> Exhibit:
    """County × theme, the counties with the most reports first."""
    frame = problems.themes(view.selection, "county").drop_duplicates("group_key")
    counties = [str(key) for key in frame.sort_values("of_reports", ascending=False, kind="stable")["group_key"]]
    labelled = _labelled(view, "county", counties[:_COUNTIES])
    shown = [row["shown"] if row["weak"] else f"{row['share']:.0%}" for _, row in labelled.iterrows()]
    drawn = labelled.assign(series=labelled["x"], x=labelled["series"], shown=shown)
    order = drawn["series"].map({view.county_names.get(key, key): place for place, key in enumerate(counties)})
    names = [view.words.entry(row) for row in problems.theme_names().values()]
    everything = _named(view, "county", problems.themes(view.selection, "county"))
    return Exhibit(
        key="themes_by_county",
        title=view.words("problems_themes.by_county"),
        figure=charts_problems.heat(
            drawn.loc[order.sort_values(kind="stable").index], names, view.words("column.share")
        ),
        table=_table(view, everything, ("theme", "county", "reports", "of_reports", "share", "statements")),
        definition=view.words("problems_themes.by_county_definition"),
        note=view.words("problems_themes.weak_note")
        + (view.words("chart.first", n=_COUNTIES) if len(counties) > _COUNTIES else ""),
    )


def rising(view: View) -> Exhibit:
    """The change of every theme's share from the year before the last to the last, in percentage points."""
    years = points.years(view)
    frame = problems.themes(view.selection, "year")
    known = sorted(frame["group_key"].unique())
    now, before = (known[-1], known[-2]) if len(known) > 1 and int(known[-1]) - int(known[-2]) == 1 else ("", "")
    both = (
        _year(frame, now).add_suffix("_now").join(_year(frame, before).add_suffix("_before"), how="inner").reset_index()
    )
    names = problems.theme_names()
    both["series"] = [view.words.entry(names[key]) for key in both["theme"]]
    both["change"] = both["share_now"] - both["share_before"]
    both["weak"] = both[["of_reports_now", "of_reports_before"]].min(axis=1) < statistics.ENOUGH
    both = both.sort_values("change", ascending=False, kind="stable")
    shown = [_changed(view, row) for _, row in both.iterrows()]
    drawn = both.assign(
        x=both["series"],
        y=100 * both["change"],
        shown=shown,
        text=[
            f"{row['series']}<br>{_counts(row)}<br>{said}"
            for (_, row), said in zip(both.iterrows(), shown, strict=True)
        ],
    )
    drawn["click"] = [click(Sought("theme", key, "all", "", int(now))) for key in both["theme"]]
    columns = ("series", "change", "reports_now", "of_reports_now", "reports_before", "of_reports_before")
    heads = [view.words("column.theme"), view.words("column.change"), *_counted(view, now), *_counted(view, before)]
    return Exhibit(
        key="themes_change",
        title=view.words("problems_themes.change", now=now or (years[-1] if years else ""), before=before or "—"),
        figure=charts.bars(drawn, Axis(title=view.words("unit.个百分点"))),
        table=both[list(columns)].set_axis(heads, axis=1),
        definition=view.words("problems_themes.change_definition"),
        note=view.words("problems_themes.weak_note"),
    )


def unthemed(view: View) -> Exhibit:
    """The share of statements that carry no theme, with their commonest words."""
    every, silent = problems.unthemed(view.selection)
    frame = problems.unthemed_words(view.selection).copy() if silent else pd.DataFrame({"term": [], "statements": []})
    top = frame.head(20)
    drawn = pd.DataFrame(
        {
            "x": top["term"],
            "y": top["statements"],
            "shown": top["statements"].astype(str),
            "text": [f"{row['term']}<br>{row['statements']}" for _, row in top.iterrows()],
            "click": click(Sought("unthemed")),
        }
    )
    share = formats.percent(silent / every) if every else formats.NOTHING
    return Exhibit(
        key="unthemed",
        title=view.words("problems_themes.without", share=share),
        figure=charts.bars(drawn, Axis()),
        table=frame.set_axis([view.words("column.term"), view.words("column.statements")], axis=1),
        definition=view.words("problems_themes.without_definition", n=silent, of=every, share=share),
    )


def _labelled(view: View, by: str, groups: list[str]) -> pd.DataFrame:
    """Theme × group with series, x, y, weak, shown, text and click; of the given groups only."""
    frame = problems.themes(view.selection, by)
    frame = _named(view, by, frame[frame["group_key"].isin(groups)])
    names = problems.theme_names()
    frame["y"] = frame["share"]
    frame["weak"] = frame["of_reports"] < statistics.ENOUGH
    frame["shown"] = [f"{row['reports']}/{row['of_reports']}" for _, row in frame.iterrows()]
    frame["text"] = [_hover(view, row) for _, row in frame.iterrows()]
    frame["click"] = [click(_sought(by, row)) for _, row in frame.iterrows()]
    order = {key: place for place, key in enumerate(names)}
    return frame if by == "all" else frame.sort_values("theme", key=lambda keys: keys.map(order), kind="stable")


def _named(view: View, by: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A copy with series, the theme's name, and x, the group's."""
    names = {key: view.words.entry(row) for key, row in problems.theme_names().items()}
    groups = {key: view.county_names.get(key, key) if by == "county" else key for key in frame["group_key"].unique()}
    return frame.assign(series=frame["theme"].map(names), x=frame["group_key"].map(groups))


def _sought(by: str, row: Any) -> Sought:
    if by == "year":
        return Sought("theme", row["theme"], "all", "", int(row["group_key"]))
    return Sought("theme", row["theme"], by, row["group_key"])


def _hover(view: View, row: Any) -> str:
    few = view.words("chart.few") if row["weak"] else ""
    ends = statistics.wilson(row["reports"], row["of_reports"])
    interval = f"95%: {formats.percent(ends[0])}–{formats.percent(ends[1])}" if ends else ""
    counts = f"{row['reports']} / {row['of_reports']}"
    parts = (row["series"], row["x"], formats.percent(row["share"]), counts, interval, few)
    return "<br>".join(part for part in parts if part)


def _ended(view: View, row: Any) -> str:
    if row["weak"]:
        return f"{row['shown']} {view.words('chart.few')}"
    return f"{formats.percent(row['share'])} ({row['reports']})"


def _changed(view: View, row: Any) -> str:
    change = formats.change_of_share(row["share_now"], row["share_before"], view.words)
    return view.words("chart.few") if row["weak"] else str(change)


def _counts(row: Any) -> str:
    return f"{row['reports_before']}/{row['of_reports_before']} → {row['reports_now']}/{row['of_reports_now']}"


def _year(frame: pd.DataFrame, year: str) -> pd.DataFrame:
    return frame[frame["group_key"] == year].set_index("theme")[["reports", "of_reports", "share"]]


def _counted(view: View, year: str) -> list[str]:
    return [f"{view.words('column.reports')} {year}", f"{view.words('column.asked')} {year}"]


def _table(view: View, frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    group = {"year": "x", "county": "x"}
    table = frame.assign(theme=frame["series"])[[group.get(name, name) for name in columns]]
    heads = {"of_reports": "asked"}
    return table.set_axis([view.words(f"column.{heads.get(name, name)}") for name in columns], axis=1)
