"""Answers of the warehouse made ready to be drawn and read: labels, hover texts, clicks, tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard import formats, statistics
from dashboard.charts import Axis
from dashboard.components import names, url
from dashboard.components.kept import kept
from dashboard.components.view import View
from dashboard.queries import questions
from dashboard.queries.questions import Behind

PERCENT = "%"
RATIO = "ratio"
DIFFERENCE = "difference"
SHARE = "share"
_OF_A_WHOLE = (RATIO, DIFFERENCE, SHARE)
UNKNOWN_FORM = "unknown"


def years(view: View) -> list[str]:
    """The years that the filters leave, as text."""
    return sorted({str(year) for year in questions.forms_by_year(view.selection)["year"]})


def span(view: View) -> list[str]:
    """The same with a place for what lies between two that do not follow each other: a year, or `2010–2015`."""
    places: list[str] = []
    for year in map(int, years(view)):
        after = int(places[-1]) + 1 if places else year
        if after < year:
            places.append(str(after) if after == year - 1 else f"{after}–{year - 1}")
        places.append(str(year))
    return places


def latest(view: View) -> int:
    """The last year that the filters leave."""
    return int(years(view)[-1])


def choose_year(view: View) -> int:
    """The year that the reader asks for, the last one at first."""
    known = years(view)
    options = {"": view.words("filters.latest")} | {year: year for year in reversed(known)}
    return int(url.pick_one(view.words, "at", options, view.words("filters.at")) or known[-1])


def is_percent(view: View, metric: str) -> bool:
    """True when a metric's values are shares of 1 or differences of such."""
    return bool(view.metrics[metric]["unit"] == PERCENT or view.metrics[metric]["kind"] == DIFFERENCE)


def unit(view: View, metric: str) -> str:
    """The unit of a metric in the language of the page."""
    return view.words(f"unit.{view.metrics[metric]['unit']}")


def said(view: View, metric: str, value: float | None) -> str:
    """A metric's value as it is written: `12.3%`, `1,234 件`, `+2.1 个百分点`, `—`."""
    if view.metrics[metric]["kind"] == DIFFERENCE:
        return formats.points(value, view.words)
    if is_percent(view, metric):
        return formats.percent(value)
    return formats.NOTHING if formats.absent(value) else f"{formats.number(value)} {unit(view, metric)}"


def click(metric: str, by: str, group: str, year: int | None) -> str:
    """What a click on a point stands for, as it is kept in the URL."""
    return ":".join((metric, by, "" if year is None else str(year), group))


def clicked(text: str) -> Behind:
    """The reverse of `click`. Raises ValueError when the text is none."""
    metric, by, year, group = text.split(":", 3)
    return Behind(metric, by, group, int(year) if year else None)


def matching(pattern: str) -> list[str]:
    """Keys of the cells that a cell key means; its row may end in `*` for all that start so."""
    return [key for key in questions.form_cells() if fnmatchcase(key, pattern)]


def name(view: View, key: str) -> str:
    """The label of a metric, of a cell, or of the outcome that a pattern of cells means."""
    if key in view.metrics:
        return view.metric(key)
    cells = questions.form_cells()
    return cell(view, key) if key in cells else view.words(f"outcome.{key.split('/')[1].rstrip('_*')}")


def row_name(view: View, key: str) -> str:
    """The words in a cell's row, without the group that it belongs to."""
    return view.words.entry(questions.form_cells()[key], "row_label").rsplit("/", 1)[-1]


def cell(view: View, key: str) -> str:
    """The words in a cell's row and over its column."""
    return f"{row_name(view, key)} · {view.words.entry(questions.form_cells()[key], 'column_label')}"


def labels(view: View, by: str, frame: pd.DataFrame) -> dict[str, str]:
    """The names of groups by key, no two alike: of counties, agencies, kinds, or of all reports together."""
    if by == "agency":
        return names.agencies(view, frame)
    keys = dict.fromkeys(map(str, frame["group_key"]))
    if by == "county":
        return {key: view.county_names.get(key, key) for key in keys}
    return {key: view.words(f"kind.{key}") if by == "kind" else view.words("filters.all_reports") for key in keys}


def why(view: View, row: Any) -> str:
    """Why a value is not there: a denominator of 0, an operand that no report gives, several reports of a metric
    that is never added up; empty when it is there."""
    if not formats.absent(row["value"]):
        return ""
    if row.get("metric_kind") == SHARE and row["n"] > 0:
        return view.words("why.apart")
    return view.words("why.zero") if row["denominator"] == 0 else view.words("why.unknown")


def _hover(view: View, row: Any) -> str:
    parts = [row["series"], row["x"], view.metric(row["metric"]), row["shown"]]
    if row["metric_kind"] == RATIO and not formats.absent(row["denominator"]):
        parts.append(f"{formats.number(row['numerator'])} / {formats.number(row['denominator'])}")
    parts += [f"n = {row['n']:.0f}", row["why"]]
    return "<br>".join(dict.fromkeys(part for part in parts if part))


@kept
def metric_points(view: View, metrics: Sequence[str], by: str = "all", *, yearly: bool = True) -> pd.DataFrame:
    """`metric_by` made ready to be drawn."""
    return dressed(view, questions.metric_by(view.selection, metrics, by, yearly=yearly), by)


def dressed(view: View, answer: pd.DataFrame, by: str) -> pd.DataFrame:
    """An answer on metrics with x (year), y, series, why, shown, text, click."""
    frame = answer.copy()
    frame["x"] = [str(int(year)) if pd.notna(year) else "" for year in frame["year"]]
    frame["y"] = frame["value"]
    rows: list[Any] = frame.to_dict("records")
    named = labels(view, by, frame)
    for row in rows:
        row["series"], row["why"] = named[str(row["group_key"])], why(view, row)
        row["shown"] = said(view, row["metric"], row["value"])
        row["text"] = _hover(view, row)
        row["click"] = click(row["metric"], by, row["group_key"], int(row["x"]) if row["x"] else None)
    return frame.assign(**{name: [row[name] for row in rows] for name in ("series", "why", "shown", "text", "click")})


def with_gaps(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """A row for every series and year; years without a value have a null y, so that the line is broken there."""
    index = pd.MultiIndex.from_product([frame["series"].drop_duplicates(), span(view)], names=["series", "x"])
    full = frame.set_index(["series", "x"]).reindex(index).reset_index()
    return full.assign(**{name: full[name].fillna("") for name in ("text", "click")})


def with_intervals(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds `low` and `high`, the Wilson interval, where a value is a share of known numbers."""
    rows = zip(frame["numerator"], frame["denominator"], frame["metric_kind"], strict=True)
    ends = [
        statistics.wilson(numerator, denominator) if kind == RATIO else None for numerator, denominator, kind in rows
    ]
    return frame.assign(
        low=pd.Series([end[0] if end else math.nan for end in ends], index=frame.index),
        high=pd.Series([end[1] if end else math.nan for end in ends], index=frame.index),
    )


def ticks(frame: pd.DataFrame) -> dict[str, str]:
    """Year → the year with its n under it, for a chart of one series."""
    return {row["x"]: f"{row['x']}<br>n={row['n']:.0f}" for _, row in frame.iterrows() if pd.notna(row["n"])}


def _age(form: str) -> tuple[bool, str]:
    return form[0].isdigit(), form


def breaks(view: View) -> list[tuple[float, str]]:
    """Where the newest form in use changes between two years, as positions between them."""
    frame = questions.forms_by_year(view.selection)
    forms: dict[int, str] = {}
    for year, form in zip(frame["year"], frame["form"], strict=True):
        if form != UNKNOWN_FORM:
            forms[int(year)] = max(form, forms.get(int(year), form), key=_age)
    remark, places = view.words("chart.form_change"), span(view)
    changed = [now for old, now in pairwise(sorted(forms)) if forms[old] != forms[now]]
    return [(places.index(str(now)) - 0.5, remark) for now in changed]


def axis(view: View, metric: str, frame: pd.DataFrame | None = None) -> Axis:
    """The axis for a metric; with the frame of one series, its n stand under the years."""
    percent = is_percent(view, metric)
    return Axis(
        title="" if percent else unit(view, metric),
        percent=percent,
        ticks={} if frame is None else ticks(frame),
        breaks=breaks(view),
        order=span(view),
    )


def ranked(frame: pd.DataFrame, first: int | None = 20) -> pd.DataFrame:
    """The highest values first, each with its `rank`, the same for equal values. Nulls are left out.

    Shares of fewer than 30 are `weak`: they come last and have no rank.
    """
    rows = frame.dropna(subset=["y"]).copy()
    rows["weak"] = rows["metric_kind"].isin(_OF_A_WHOLE) & (rows["denominator"] < statistics.ENOUGH)
    rows["rank"] = rows["y"].where(~rows["weak"]).rank(method="min", ascending=False).astype("Int64")
    return rows.sort_values(["weak", "y"], ascending=[True, False]).head(len(rows) if first is None else first)


def table(view: View, frame: pd.DataFrame, group: str = "") -> pd.DataFrame:
    """The table under a chart of metrics, headed in the page's language. `group` names the column of the series."""
    words = view.words
    columns: dict[str, Any] = {words("column.metric"): [view.metric(metric) for metric in frame["metric"]]}
    if group:
        columns[words(f"column.{group}")] = frame["series"]
    if frame["x"].any():
        columns[words("column.year")] = frame["x"]
    columns |= {words(f"column.{name}"): frame[name] for name in ("value", "numerator", "denominator", "n", "reports")}
    columns[words("column.why")] = frame["why"]
    return pd.DataFrame(columns).reset_index(drop=True)
