"""The charts of the problems page: words of the problem statements by document frequency."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, formats
from dashboard.charts import Axis
from dashboard.components import evidence, points, url
from dashboard.components.figures import Exhibit, download_csv
from dashboard.components.view import View
from dashboard.queries import questions

_WORDS = 30
_STATEMENTS = 200


def _hover(view: View, row: Any) -> str:
    of, uses = row["of_reports"], int(row["uses"])
    return view.words("chart.word_hover", word=row["term"], n=row["reports"], of=of, uses=uses)


def keywords(view: View) -> Exhibit:
    """The words that stand in the most reports, with their share of the reports that name any problem."""
    words = view.words
    frame = questions.terms(view.selection)
    top = frame.head(_WORDS)
    drawn = pd.DataFrame(
        {
            "x": top["term"],
            "y": top["share"],
            "shown": [f"{share:.0%} ({n})" for share, n in zip(top["share"], top["reports"], strict=True)],
            "text": [_hover(view, row) for _, row in top.iterrows()],
            "click": "",
        }
    )
    shown = frame[["term", "reports", "of_reports", "share", "uses"]]
    return Exhibit(
        key="keywords",
        title=words("chart.keywords"),
        figure=charts.bars(drawn, Axis(percent=True)),
        table=shown.set_axis([words(f"column.{name}") for name in shown.columns], axis=1),
        definition=words("chart.keywords_definition"),
        note=words("chart.keywords_note", n=int(frame["of_reports"].iloc[0]) if len(frame) else 0, shown=len(top)),
    )


def choose_word(view: View) -> str:
    """The word that the reader asks for, the most frequent one at first; empty when there is none."""
    options = {str(term): str(term) for term in questions.terms(view.selection)["term"]}
    return url.pick_one(view.words, "term", options, view.words("filters.term")) if options else ""


def by_year(view: View, word: str) -> Exhibit:
    """The share of reports that use a word, by year."""
    frame = questions.term_by_year(view.selection, word)
    drawn = pd.DataFrame(
        {
            "x": [str(year) for year in frame["year"]],
            "y": frame["share"],
            "n": frame["of_reports"],
            "series": word,
            "text": [
                f"{row['year']}<br>{formats.percent(row['share'])}<br>{row['reports']} / {row['of_reports']}"
                for row in frame.to_dict("records")
            ],
            "click": "",
        }
    )
    shown = frame[["year", "reports", "of_reports", "share"]]
    return Exhibit(
        key="word_by_year",
        title=view.words("chart.word_by_year", word=word),
        figure=charts.lines(points.with_gaps(view, drawn), Axis(percent=True, ticks=points.ticks(drawn))),
        table=shown.set_axis([view.words(f"column.{name}") for name in shown.columns], axis=1),
        definition=view.words("chart.word_by_year_definition"),
        note=view.words("chart.n"),
    )


def statements(view: View, word: str) -> None:
    """The sentences that hold the word, each with its report."""
    found = questions.problem_statements(view.selection, word)
    st.subheader(view.words("chart.statements", word=word, n=len(found)), anchor=False)
    shown = found[["agency", "county", "year", "ordinal", "text"]]
    labelled = shown.set_axis([view.words(f"column.{name}") for name in shown.columns], axis=1)
    st.dataframe(
        labelled.head(_STATEMENTS), hide_index=True, alt=view.words("chart.statements", word=word, n=len(found))
    )
    download_csv(view, "statements", labelled)
    for _, row in found.drop_duplicates("report_id").head(8).iterrows():
        evidence.report_link(row["report_id"], f"{row['agency']} {row['year']}")
