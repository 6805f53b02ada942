"""Questions about the problem statements: themes, streaks, promises, words. Frames are shared: copy before changing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.queries.door import ask, ask_afresh, ask_sums, ask_words
from dashboard.queries.selection import Selection

WEIGHT = 100.0
"""What the prior of the log-odds is worth, in uses; the same as in `etl.words.logodds`."""
LISTED = 1000
"""Agencies, runs or statements in a list on a page; over the country there are more than a page can hold."""
ALL = 2**31 - 1


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
    return ask_sums("problems_themes", selection, by=by)


def streaks(selection: Selection) -> pd.DataFrame:
    """Runs of two years or more in which an agency names a theme: first_year, last_year, years; the LISTED longest."""
    return ask_sums("problems_streaks", selection, most=LISTED)


def promises(selection: Selection) -> pd.DataFrame:
    """Theme: promised in the remedies of the year before, again a problem, share."""
    return ask_sums("problems_promises", selection)


def agencies(selection: Selection, theme: str) -> pd.DataFrame:
    """Agencies that name a theme: years, statements; the LISTED of the most years, of `listed_of`."""
    return ask("problems_agencies", selection, theme=theme, most=LISTED)


def statements(selection: Selection, sought: Sought) -> pd.DataFrame:
    """The LISTED newest of the statements sought, of `listed_of`, with the words to mark (null but for a theme)."""
    return ask("problems_behind", selection, **_asked(sought), most=LISTED)


def every_statement(selection: Selection, sought: Sought) -> pd.DataFrame:
    """The same with all of them, for a download."""
    return ask_afresh("problems_behind", selection, **_asked(sought), most=ALL)


def _asked(sought: Sought) -> dict[str, str | int | None]:
    place = {"by": sought.by, "group_key": sought.group, "year": sought.year}
    return {"what": sought.what, "key": sought.key} | place


def unthemed(selection: Selection) -> tuple[int, int]:
    """How many problem statements there are, and how many of them carry no theme."""
    row = ask_sums("problems_unthemed", selection).iloc[0]
    return int(row["statements"]), int(row["unthemed"])


def unthemed_words(selection: Selection) -> pd.DataFrame:
    """Words of the statements without a theme: term, statements."""
    return ask_words("problems_unthemed_words", selection)


def phrases(selection: Selection) -> pd.DataFrame:
    """Phrases by document frequency: reports, statements, of_reports, share."""
    return ask_words("problems_phrases", selection)


def pairs(selection: Selection, words: int) -> pd.DataFrame:
    """Pairs of the most frequent words: reports that use both, cohesion, the reports of each."""
    answer = ask_words if _are_paired(_commonest(selection, words)) else ask
    return answer("problems_pairs", selection, words=words)


def _commonest(selection: Selection, words: int) -> set[str]:
    """So many words of most reports, and those that as many reports use as the last of them."""
    frame = ask_words("terms", selection)
    return set(frame.loc[frame["reports"] >= frame["reports"].head(words).min(), "term"])


def _are_paired(words: set[str]) -> bool:
    """True when the warehouse holds how many reports use any two of them."""
    return words <= set(ask("paired_words")["term"])


def special(selection: Selection) -> pd.DataFrame:
    """Words by log-odds against the reports that the filters leave out: reports, rest, z. Empty without a rest."""
    return ask_words("problems_special", selection, weight=WEIGHT)


def reuse(selection: Selection) -> pd.DataFrame:
    """Report × kind (last_year, same_year): the other report, similarity 0–1, only_year; the most similar first."""
    return ask("problems_reuse", selection)


def narratives(*reports: str) -> dict[str, str]:
    """The prose of some reports as it was compared, by report id."""
    frame = ask("problems_narrative", reports=reports)
    return dict(zip(frame["report_id"], frame["text"], strict=True))
