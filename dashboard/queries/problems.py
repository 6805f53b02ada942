"""Questions about the problem statements: themes, streaks, promises, words. Frames are shared: copy before changing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.queries.door import ask
from dashboard.queries.selection import Selection

WEIGHT = 100.0
"""What the prior of the log-odds is worth, in uses; the same as in `etl.words.logodds`."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which statements: `what` is theme, phrase, word or unthemed, `key` its value; `by` is all, county or agency.

    `group` is empty for all reports, `year` None for all years.
    """

    what: str
    key: str = ""
    by: str = "all"
    group: str = ""
    year: int | None = None


def theme_names() -> dict[str, Mapping[str, Any]]:
    """The dictionary of themes by key, in its order."""
    return {str(row["key"]): row for row in ask("problems_theme_names").to_dict("records")}  # type: ignore[misc]


def themes(selection: Selection, by: str = "all") -> pd.DataFrame:
    """Theme × group (`all`, `year`, `county`): reports, of_reports (with a section five), share, statements."""
    return ask("problems_themes", selection, by=by)


def streaks(selection: Selection) -> pd.DataFrame:
    """Runs of two years or more in which an agency names a theme: first_year, last_year, years."""
    return ask("problems_streaks", selection)


def promises(selection: Selection) -> pd.DataFrame:
    """Theme: promised in the remedies of the year before, again a problem, share."""
    return ask("problems_promises", selection)


def agencies(selection: Selection, theme: str) -> pd.DataFrame:
    """Agencies that name a theme: years, statements."""
    return ask("problems_agencies", selection, theme=theme)


def statements(selection: Selection, sought: Sought) -> pd.DataFrame:
    """The statements sought, each with the words to mark (null where a word or phrase is sought)."""
    place = {"by": sought.by, "group_key": sought.group, "year": sought.year}
    return ask("problems_behind", selection, what=sought.what, key=sought.key, **place)


def unthemed(selection: Selection) -> tuple[int, int]:
    """How many problem statements there are, and how many of them carry no theme."""
    row = ask("problems_unthemed", selection).iloc[0]
    return int(row["statements"]), int(row["unthemed"])


def unthemed_words(selection: Selection) -> pd.DataFrame:
    """Words of the statements without a theme: term, statements."""
    return ask("problems_unthemed_words", selection)


def phrases(selection: Selection) -> pd.DataFrame:
    """Phrases by document frequency: reports, statements, of_reports, share."""
    return ask("problems_phrases", selection)


def pairs(selection: Selection, words: int) -> pd.DataFrame:
    """Pairs of the most frequent words: reports that use both, cohesion, the reports of each."""
    return ask("problems_pairs", selection, words=words)


def special(selection: Selection) -> pd.DataFrame:
    """Words by log-odds against the reports that the filters leave out: reports, rest, z. Empty without a rest."""
    return ask("problems_special", selection, weight=WEIGHT)


def reuse(selection: Selection) -> pd.DataFrame:
    """Report × kind (last_year, same_year): the other report, similarity 0–1, only_year; the most similar first."""
    return ask("problems_reuse", selection)


def narratives(*reports: str) -> dict[str, str]:
    """The prose of some reports as it was compared, by report id."""
    frame = ask("problems_narrative", reports=reports)
    return dict(zip(frame["report_id"], frame["text"], strict=True))
