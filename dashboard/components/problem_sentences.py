"""The sentences behind a number of the problems page: the words marked, each with a link to its report."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import evidence, url
from dashboard.components.view import View
from dashboard.export import csv_bytes
from dashboard.plain import in_markdown
from dashboard.queries import problems
from dashboard.queries.problems import Sought

_SHOWN = 20
_KINDS = ("theme", "phrase", "word", "unthemed")


def click(sought: Sought) -> str:
    """What a click stands for, as it is kept in the URL; the key comes last since a word may hold anything."""
    year = "" if sought.year is None else str(sought.year)
    return ":".join((f"{sought.what}-statements", sought.by, year, sought.group, sought.key))


def clicked(text: str) -> Sought | None:
    """The reverse of `click`; None when the text is none."""
    parts = text.split(":", 4)
    if (
        len(parts) < 5
        or parts[0].removesuffix("-statements") not in _KINDS
        or not parts[2].isdecimal() | (not parts[2])
    ):
        return None
    return Sought(
        parts[0].removesuffix("-statements"), parts[4], parts[1], parts[3], int(parts[2]) if parts[2] else None
    )


def marked(text: str, words: Iterable[str]) -> str:
    """The text as HTML, unchanged but for marks around the words; longer words win over parts of them."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return html.escape(text)
    pieces = re.split("(" + "|".join(map(_over_lines, wanted)) + ")", text)
    return "".join(
        f"<mark>{html.escape(piece)}</mark>" if place % 2 else html.escape(piece) for place, piece in enumerate(pieces)
    )


def _over_lines(word: str) -> str:
    """A pattern for the word wherever the source may have broken its lines."""
    return r"\s*".join(map(re.escape, word))


def behind(view: View, exhibit: str) -> None:
    """The statements behind the point of this chart that was clicked, if one was."""
    text = st.query_params.get(evidence.PARAMETER, "")
    sought = clicked(text.removeprefix(f"{exhibit}:")) if text.startswith(f"{exhibit}:") else None
    if sought is None:
        return
    with st.container(border=True):
        show(view, sought, exhibit)
        close = view.words("evidence.close")
        st.button(close, on_click=url.clear, args=((evidence.PARAMETER,),), key=f"close_{exhibit}")


def show(view: View, sought: Sought, key: str) -> None:
    """The statements sought, newest first: the first ones to read, all of them as CSV."""
    found = problems.statements(view.selection, sought)
    what = in_markdown(name(view, sought, found))
    st.markdown(f"**{view.words('problems_themes.statements', what=what, n=_count(found))}**")
    for _, row in found.head(_SHOWN).iterrows():
        with st.container(gap=None):
            text = marked(str(row["text"]), _words(str(row["text"]), row["words"], sought))
            st.html(f'<p style="margin: 0">{text}</p>')
            county = row["county"]
            place = "" if pd.isna(county) or county in row["agency"] else f"（{county}）"
            evidence.report_link(row["report_id"], f"{row['agency']}{place} {row['year']}")
    if len(found) > _SHOWN:
        st.caption(view.words("problems_themes.more", n=_SHOWN))
    st.download_button(
        view.words("chart.csv"),
        partial(whole_csv, view, sought),
        f"statements_{key}.csv",
        "text/csv",
        key=f"csv_statements_{key}",
        on_click="ignore",
    )


def whole_csv(view: View, sought: Sought) -> bytes:
    """All the statements sought, newest first."""
    columns = ["agency", "county", "year", "ordinal", "text", "report_id"]
    every = problems.every_statement(view.selection, sought)[columns]
    return csv_bytes(every.set_axis([view.words(f"column.{column}") for column in columns], axis=1))


def _count(found: pd.DataFrame) -> int:
    return int(found["listed_of"].iloc[0]) if len(found) else 0


def name(view: View, sought: Sought, found: pd.DataFrame) -> str:
    """What is sought, in the page's language; an agency by the name that its newest statement has."""
    if sought.what == "theme":
        row = problems.theme_names().get(sought.key)
        what = sought.key if row is None else view.words.entry(row)
    else:
        what = sought.key or view.words("problems_themes.unthemed")
    group = view.county_names.get(sought.group, sought.group) if sought.by == "county" else ""
    if sought.by == "agency" and len(found):
        group = str(found["agency"].iloc[0])
    return " · ".join(part for part in (what, group, "" if sought.year is None else str(sought.year)) if part)


def _words(text: str, words: Any, sought: Sought) -> list[str]:
    if sought.what == "phrase":
        return _parts(text, sought.key)
    if sought.what == "word":
        return [sought.key]
    return list(words) if pd.api.types.is_list_like(words) else []


def _parts(text: str, phrase: str) -> list[str]:
    """The parts of a phrase, of two letters or more, that stand in the text: between them words were left out."""
    found, start, joined = [], 0, re.sub(r"\s", "", text)
    while start < len(phrase):
        ends = (end for end in range(len(phrase), start + 1, -1) if phrase[start:end] in joined)
        end = next(ends, start + 1)
        if end > start + 1:
            found.append(phrase[start:end])
        start = end
    return found
