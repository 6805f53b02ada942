"""The charts of the printed cells: flow, outcomes, reasons, applicants, results."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pandas as pd

from dashboard import charts, charts_flow, formats
from dashboard.charts import Axis
from dashboard.components import points
from dashboard.components.figures import Exhibit
from dashboard.components.kept import kept
from dashboard.components.view import View
from dashboard.queries import questions

OUTCOMES = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other")
REASONED = ("refused", "unavailable", "not_processed", "other")
_APPLICANTS = ("natural_person", "business", "research", "nonprofit", "legal_service", "other")
_LINE = 28
_RESULTS = ("upheld", "corrected", "other", "pending")
_IN, _OUT = ("received", "carried_in"), (*OUTCOMES, "carried_out")


def _pattern(outcome: str) -> str:
    return f"3/{outcome}*/total" if outcome in REASONED else f"3/{outcome}/total"


def _columns(view: View, frame: pd.DataFrame, **names: str) -> pd.DataFrame:
    return pd.DataFrame({view.words(f"column.{head}"): list(frame[source]) for head, source in names.items()})


def _said(name: str, year: str, row: pd.Series) -> str:
    return "<br>".join((name, year, formats.number(row["value"]), f"n = {row['n']:.0f}"))


@kept
def flow(view: View, year: int) -> Exhibit:
    """From what came in to what became of it, in one year."""
    words = view.words
    frame = questions.outcomes(view.selection)
    rows = frame[(frame["year"] == year) & (frame["value"] > 0)].set_index("outcome")
    nodes = _nodes(view, rows, year)
    shown = frame[frame["year"] == year].assign(name=lambda each: [words(f"outcome.{key}") for key in each["outcome"]])
    return Exhibit(
        key="flow",
        title=words("chart.flow", year=year),
        figure=charts_flow.flow(nodes),
        table=_columns(view, shown, outcome="name", value="value", n="n", reports="reports"),
        definition=words("chart.flow_definition"),
        note=words("chart.flow_note", n=_spanned(shown["n"])),
    )


def _nodes(view: View, rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """What came in, all of it, and what became of it, as the flow draws them; outcomes of 0 have no place there."""
    words = view.words
    whole = float(rows["value"].reindex(_IN).sum())
    by_name: dict[str, pd.Series] = {str(name): row for name, row in rows.iterrows()}
    listed = [(step, name) for step, names in ((0, _IN), (2, _OUT)) for name in names if name in by_name]
    nodes = [
        {
            "step": step,
            "series": f"{words(f'outcome.{name}')} {formats.number(rows['value'][name])}",
            "value": rows["value"][name],
            "text": _said(words(f"outcome.{name}"), str(year), by_name[name]),
            "click": points.click(_pattern(name), "all", "", year),
        }
        for step, name in listed
    ]
    said = f"{words('outcome.handled')} {formats.number(whole)}"
    middle = {"step": 1, "series": said, "value": whole, "text": said}
    middle["click"] = points.click("applications_handled", "all", "", year)
    drawn = pd.DataFrame([*nodes, middle] if nodes else [], columns=["step", "series", "value", "text", "click"])
    return drawn.astype({"step": int, "value": float})  # an empty column has no type to add up


@kept
def outcomes(view: View) -> Exhibit:
    """What became of the applications, year by year, as shares."""
    words = view.words
    frame = questions.outcomes(view.selection)
    frame = frame[frame["outcome"].isin(OUTCOMES)].copy()
    frame["place"] = [OUTCOMES.index(name) for name in frame["outcome"]]
    frame = frame.sort_values(["place", "year"])
    frame["series"] = [words(f"outcome.{name}") for name in frame["outcome"]]
    return _shares(
        view,
        frame.assign(pattern=[_pattern(name) for name in frame["outcome"]]),
        Words("outcomes", words("chart.outcomes"), words("chart.outcomes_definition"), "outcome"),
    )


class Words:
    """Title and definition of a stacked chart, its key, and the heading of its series."""

    def __init__(self, key: str, title: str, definition: str, head: str) -> None:
        self.key, self.title, self.definition, self.head = key, title, definition, head


def _shares(view: View, frame: pd.DataFrame, said: Words) -> Exhibit:
    total = frame.groupby("year")["value"].transform("sum")
    frame = frame.assign(share=frame["value"] / total.where(total > 0), x=[str(year) for year in frame["year"]])
    frame["y"] = frame["share"]
    frame["text"] = [
        f"{_said(row['series'], row['x'], row)}<br>{formats.percent(row['share'])}" for _, row in frame.iterrows()
    ]
    frame["click"] = [points.click(row["pattern"], "all", "", int(row["year"])) for _, row in frame.iterrows()]
    least = frame.groupby("x")["n"].min()
    ticks = {year: f"{year}<br>n={n}" if n == most else f"{year}<br>n={n}–{most}" for year, n, most in zip(
        least.index, least, frame.groupby("x")["n"].max(), strict=True
    )}  # fmt: skip
    return Exhibit(
        key=said.key,
        title=said.title,
        figure=charts.stacked(
            frame, Axis(percent=True, ticks=ticks, breaks=points.breaks(view), order=points.span(view))
        ),
        table=_columns(
            view, frame, **{said.head: "series"}, year="x", value="value", share="share", n="n", reports="reports"
        ),
        definition=said.definition,
        note=view.words("chart.n"),
    )


@kept
def reasons(view: View, outcome: str) -> Exhibit:
    """The reasons of one kind of outcome over all picked years."""
    frame = questions.reasons(view.selection, outcome).dropna(subset=["value"]).copy()
    total = frame["value"].sum()
    frame["series"] = [points.row_name(view, key) for key in frame["key"]]
    frame["share"] = frame["value"] / total if total else None
    frame["x"], frame["y"] = [_in_lines(name) for name in frame["series"]], frame["value"]
    frame["shown"] = [
        f"{formats.number(v)} ({formats.percent(s)})" for v, s in zip(frame["value"], frame["share"], strict=True)
    ]
    frame["text"] = [_said(row["series"], "", row) for _, row in frame.iterrows()]
    frame["click"] = [points.click(key, "all", "", None) for key in frame["key"]]
    return Exhibit(
        key="reasons",
        title=view.words("chart.reasons", outcome=view.words(f"outcome.{outcome}")),
        figure=charts.bars(frame, Axis()),
        table=_columns(view, frame, reason="series", value="value", share="share", n="n", reports="reports"),
        definition=view.words("chart.reasons_definition"),
        note=view.words("chart.n_of_all", n=_spanned(frame["n"])),
    )


def _spanned(numbers: pd.Series) -> str:
    """`7`, or `5–7` where not all are the same."""
    return "–".join(str(n) for n in sorted({int(numbers.min()), int(numbers.max())})) if len(numbers) else "0"


def _in_lines(name: str) -> str:
    """A long name in lines short enough for a telephone; a sign of Chinese is as wide as two letters."""
    return charts.NEXT_LINE.join(textwrap.wrap(name, _LINE if name.isascii() else _LINE // 2))


def _stack(view: View, keys: Sequence[str], said: Words) -> Exhibit:
    frame = questions.cells_by_year(view.selection, keys).copy()
    frame["place"] = [list(keys).index(key) for key in frame["key"]]
    frame = frame.sort_values(["place", "year"])
    cells = questions.form_cells()
    frame["series"] = [view.words.entry(cells[key], "column_label") for key in frame["key"]]
    return _shares(view, frame.assign(pattern=frame["key"]), said)


@kept
def applicants(view: View) -> Exhibit:
    """Who applied, year by year."""
    words = view.words
    said = Words("applicants", words("chart.applicants"), words("chart.applicants_definition"), "applicant")
    return _stack(view, [f"3/received/{column}" for column in _APPLICANTS], said)


@kept
def results(view: View, row: str) -> Exhibit:
    """How reviews or lawsuits of one kind ended, year by year."""
    keys = [f"4/{row}/{column}" for column in _RESULTS]
    title = view.words("chart.results", row=points.row_name(view, keys[0]))
    return _stack(view, keys, Words(f"results_{row}", title, view.words("chart.results_definition"), "result"))
