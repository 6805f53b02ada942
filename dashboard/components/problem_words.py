"""Words and phrases of the problem statements: how many reports use them, which go together, what is special here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard import charts, charts_problems, formats, statistics
from dashboard.charts import Axis
from dashboard.components import points, problem_sentences, url
from dashboard.components.figures import Exhibit
from dashboard.components.problem_sentences import click
from dashboard.components.view import View
from dashboard.queries import problems, questions
from dashboard.queries.problems import Sought

_WORDS = 30
_SPECIAL = 20
_KNOTS = 30
_LINKS = 90
_BEYOND_CHANCE = 1.96


def exhibits(view: View) -> Iterator[Exhibit]:
    """The charts of this part, in reading order; the sentences of a word that the reader chooses stand among them."""
    yield frequent(view, "keywords", questions.terms(view.selection), "word")
    yield frequent(view, "phrases", problems.phrases(view.selection), "phrase")
    yield together(view)
    yield special(view)
    options = {str(term): str(term) for term in questions.terms(view.selection)["term"]}
    if options:
        word = url.pick_one(view.words, "term", options, view.words("filters.term"))
        yield by_year(view, word)
        problem_sentences.show(view, Sought("word", word), "word")


def frequent(view: View, key: str, frame: pd.DataFrame, what: str) -> Exhibit:
    """The words or phrases that stand in the most reports, with their share of the reports that name any problem."""
    words = view.words
    name, uses = ("term", "uses") if what == "word" else ("phrase", "statements")
    top = frame.head(_WORDS)
    drawn = pd.DataFrame(
        {
            "x": top[name],
            "y": top["share"],
            "weak": top["of_reports"] < statistics.ENOUGH,
            "shown": [_ended(view, row) for _, row in top.iterrows()],
            "text": [_hover(view, row, name, uses) for _, row in top.iterrows()],
            "click": [click(Sought(what, word)) for word in top[name]],
        }
    )
    shown = frame[[name, "reports", "of_reports", "share", uses]]
    of = int(frame["of_reports"].iloc[0]) if len(frame) else 0
    return Exhibit(
        key=key,
        title=words(f"chart.{key}" if what == "word" else f"problems_themes.{key}"),
        figure=charts.bars(drawn, Axis(percent=True)),
        table=shown.set_axis([words(f"column.{column}") for column in shown.columns], axis=1),
        definition=words(f"chart.{key}_definition" if what == "word" else f"problems_themes.{key}_definition"),
        note=words("chart.keywords_note", n=of, shown=len(top))
        + (f" {words('problems_themes.weak_note')}" if 0 < of < statistics.ENOUGH else ""),
    )


def _ended(view: View, row: Any) -> str:
    """What stands at a bar's end: the share with its count, both counts where there are too few to compare."""
    if row["of_reports"] < statistics.ENOUGH:
        return f"{row['reports']}/{row['of_reports']} {view.words('chart.few')}"
    return f"{row['share']:.0%} ({row['reports']})"


def together(view: View) -> Exhibit:
    """The map of frequent words: those that many reports use together are joined and lie near each other."""
    frame = problems.pairs(view.selection, _KNOTS)
    links = frame[frame["cohesion"] > 0].head(_LINKS)
    counts = dict(zip(links["one"], links["one_reports"], strict=True))
    counts |= dict(zip(links["other"], links["other_reports"], strict=True))
    order = {word: place for place, word in enumerate(counts)}
    most = max(counts.values(), default=1)
    nodes = pd.DataFrame(
        {
            "word": list(counts),
            "size": [n / most for n in counts.values()],
            "text": [f"{word}<br>{n}" for word, n in counts.items()],
            "click": [click(Sought("word", word)) for word in counts],
        }
    )
    lines = pd.DataFrame(
        {"one": links["one"].map(order), "other": links["other"].map(order), "weight": links["cohesion"].clip(0, 1)}
    ).astype({"one": int, "other": int})
    columns = ["one", "other", "reports", "one_reports", "other_reports", "of_reports", "cohesion"]
    heads = ("word_one", "word_other", "reports", "reports_one", "reports_other", "of_reports", "cohesion")
    return Exhibit(
        key="together",
        title=view.words("problems_themes.together"),
        figure=charts_problems.network(nodes, lines),
        table=frame[columns].set_axis([view.words(f"column.{head}") for head in heads], axis=1),
        definition=view.words("problems_themes.together_definition"),
        note=view.words("problems_themes.together_note", n=len(links)),
    )


def special(view: View) -> Exhibit:
    """The words that the picked reports use more than the others, by log-odds."""
    frame = problems.special(view.selection)
    beyond = frame[(frame["z"] > _BEYOND_CHANCE) & (frame["reports"] > 1)]
    top = beyond.head(_SPECIAL)
    drawn = pd.DataFrame(
        {
            "x": top["term"],
            "y": top["z"],
            "shown": [f"z={row['z']:.1f} ({row['reports']} : {row['rest']})" for _, row in top.iterrows()],
            "text": [
                f"{row['term']}<br>z={row['z']:.2f}<br>{row['reports']} : {row['rest']}" for _, row in top.iterrows()
            ],
            "click": [click(Sought("word", word)) for word in top["term"]],
        }
    )
    shown = beyond[["term", "reports", "rest", "z"]]
    return Exhibit(
        key="special",
        title=view.words("problems_themes.special"),
        figure=charts.bars(drawn, Axis()),
        table=shown.set_axis([view.words(f"column.{column}") for column in shown.columns], axis=1),
        definition=view.words("problems_themes.special_definition"),
    )


def by_year(view: View, word: str) -> Exhibit:
    """The share of reports that use a word, by year."""
    frame = questions.term_by_year(view.selection, word)
    shares = {"numerator": frame["reports"], "denominator": frame["of_reports"], "metric_kind": points.RATIO}
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
            "click": [click(Sought("word", word, "all", "", int(year))) for year in frame["year"]],
        }
        | shares
    )
    shown = frame[["year", "reports", "of_reports", "share"]]
    return Exhibit(
        key="word_by_year",
        title=view.words("chart.word_by_year", word=word),
        figure=charts.lines(
            points.with_gaps(view, points.with_intervals(drawn)), Axis(percent=True, ticks=points.ticks(drawn))
        ),
        table=shown.set_axis([view.words(f"column.{name}") for name in shown.columns], axis=1),
        definition=view.words("chart.word_by_year_definition"),
        note=view.words("chart.interval"),
    )


def _hover(view: View, row: Any, name: str, uses: str) -> str:
    return view.words("chart.word_hover", word=row[name], n=row["reports"], of=row["of_reports"], uses=int(row[uses]))
