"""Reused text: how much of a report's prose stands in last year's or another agency's, and both side by side."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, formats
from dashboard.charts import Axis
from dashboard.components import evidence, url
from dashboard.components.figures import Exhibit
from dashboard.components.names import told_apart
from dashboard.components.view import View
from dashboard.queries import problems
from etl.words.similarity import shared_parts

_KINDS = ("last_year", "same_year")
_STEPS = 10
_SHOWN = 20
_OFFERED = 200


def exhibits(view: View) -> Iterator[Exhibit]:
    """The charts of this part, in reading order, then the chosen pair side by side."""
    frame = problems.reuse(view.selection)
    for kind in _KINDS:
        some = frame[frame["kind"] == kind]
        yield spread(view, kind, some)
        yield nearest(view, kind, some)
    offered = told_apart(
        {f"{row['kind']}:{row['report_id']}": _offers(view, row) for _, row in frame.head(_OFFERED).iterrows()}
    )
    if offered:
        pair = url.pick_one(view.words, "pair", offered, view.words("problems_themes.pair"))
        kind, report = pair.split(":", 1)
        side_by_side(view, frame[(frame["kind"] == kind) & (frame["report_id"] == report)].iloc[0])


def spread(view: View, kind: str, frame: pd.DataFrame) -> Exhibit:
    """How many reports share how much of their prose."""
    step = (frame["similarity"] * _STEPS).astype(int).clip(upper=_STEPS - 1)
    counts = step.value_counts().reindex(range(_STEPS), fill_value=0)
    bands = [f"{100 * at // _STEPS}–{100 * (at + 1) // _STEPS}%" for at in counts.index]
    drawn = pd.DataFrame({"x": bands, "y": counts.to_numpy(), "shown": counts.astype(str).to_numpy(), "click": ""})
    drawn["text"] = [f"{band}<br>n={n}" for band, n in zip(bands, counts, strict=True)]
    table = drawn[["x", "y"]] if len(frame) else drawn[["x", "y"]].head(0)
    told = {"n": len(frame), "copied": int((frame["similarity"] >= 0.95).sum())}
    told |= {"alike": int((frame["similarity"] >= 0.8).sum()), "only_year": int(frame["only_year"].sum())}
    return Exhibit(
        key=f"reuse_{kind}",
        title=view.words(f"problems_themes.reuse_{kind}"),
        figure=charts.bars(drawn[::-1], Axis()),
        table=table.set_axis([view.words("column.similarity"), view.words("column.reports")], axis=1),
        definition=view.words(f"problems_themes.reuse_{kind}_definition"),
        note=view.words("problems_themes.reuse_note", **told),
    )


def nearest(view: View, kind: str, frame: pd.DataFrame) -> Exhibit:
    """The pairs that share most."""
    top = frame.head(_SHOWN).copy()
    ways = {str(row["report_id"]): (_label(row), f"{_label(row)} {row['report_id']}") for _, row in top.iterrows()}
    top["label"] = top["report_id"].map(told_apart(ways))
    only = view.words("problems_themes.only_year")
    drawn = pd.DataFrame(
        {
            "x": top["label"],
            "y": top["similarity"],
            "shown": [_share(row, only) for _, row in top.iterrows()],
            "text": [f"{row['label']}<br>{_share(row, only)}" for _, row in top.iterrows()],
            "click": "",
        }
    )
    columns = ["agency", "county", "year", "other_agency", "other_county", "other_year", "similarity", "only_year"]
    return Exhibit(
        key=f"nearest_{kind}",
        title=view.words(f"problems_themes.nearest_{kind}"),
        figure=charts.bars(drawn, Axis(percent=True)),
        table=frame[columns].set_axis([view.words(f"column.{column}") for column in columns], axis=1),
        note=view.words("chart.first", n=_SHOWN) if len(frame) > _SHOWN else "",
    )


def side_by_side(view: View, row: Any) -> None:
    """The prose of both reports, what stands in both marked."""
    st.subheader(view.words("problems_themes.side_by_side", share=formats.percent(row["similarity"])), anchor="pair")
    st.caption(view.words("problems_themes.side_by_side_definition"))
    texts = problems.narratives(row["report_id"], row["other_id"])
    text, other = texts[row["report_id"]], texts[row["other_id"]]
    spans = shared_parts(text, other)
    sides = ((text, spans[0], row["report_id"], ""), (other, spans[1], row["other_id"], "other_"))
    for column, (prose, marks, report, prefix) in zip(st.columns(2), sides, strict=True):
        with column:
            evidence.report_link(report, _name(row, prefix))
            st.html(f'<div style="white-space: pre-wrap">{marked(prose, marks)}</div>')


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text as HTML, unchanged but for marks over the spans (start, end), which rise and do not overlap."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [html.escape(text[at:start]), "<mark>", html.escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*pieces, html.escape(text[at:])])


def _name(row: Any, prefix: str) -> str:
    agency, county = row[f"{prefix}agency"], row[f"{prefix}county"]
    place = "" if pd.isna(county) or county in agency else f"（{county}）"
    return f"{agency}{place} {row[f'{prefix}year']}"


def _label(row: Any) -> str:
    return f"{_name(row, '')} ≈ {_name(row, 'other_')}"


def _offers(view: View, row: Any) -> tuple[str, str]:
    """What a pair is called; with the id of its report where two of one name share as much."""
    kind, share = view.words("problems_themes.kind_" + row["kind"]), formats.percent(row["similarity"])
    return f"{kind} {share} · {_label(row)}", f"{kind} {share} · {_label(row)} {row['report_id']}"


def _share(row: Any, only: str) -> str:
    share = formats.percent(row["similarity"])
    return f"{share} {only}" if row["only_year"] else share
