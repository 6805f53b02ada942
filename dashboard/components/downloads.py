"""The data page: the filtered table, and the files that hold exactly that table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.components import filters, url
from dashboard.components.view import View
from dashboard.export import bundle, csv_bytes, excel_bytes, parquet_bytes
from dashboard.plain import in_markdown
from dashboard.queries import questions
from dashboard.queries.selection import Selection

_BASIC = ("applications_received", "applications_concluded", "penalties", "licences", "normative_issued")
_ENTRY = ("key", "label_zh", "label_en", "unit", "formula_zh", "formula_en", "caveat_zh", "caveat_en")
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chosen_metrics(view: View) -> list[str]:
    """The metrics that become columns: those of the URL, some basic ones otherwise."""
    options = view.per_report
    unknown = [key for key in url.query().get("column", ()) if key not in options]
    if unknown:
        st.warning(view.words("filters.refused", what=in_markdown("、".join(f"column={key}" for key in unknown))))
    chosen = url.pick_many(
        "column", view.words("filters.columns"), options, placeholder=view.words("filters.columns_basic")
    )
    return chosen or view.has(*_BASIC)


def table(view: View, metrics: list[str], *, keys: bool, most: int = questions.LISTED) -> pd.DataFrame:
    """The first filtered reports with the chosen metrics; headed by keys, or by labels in the page's language."""
    frame = questions.table(view.selection, metrics, most)
    if keys:
        return frame
    words = view.words
    frame = frame.assign(
        kind=[words(f"kind.{kind}") for kind in frame["kind"]],
        region_level=[words(f"region_level.{level}") for level in frame["region_level"]],
        form=[words(f"form.{form}") for form in frame["form"]],
    )
    heads = {name: words(f"column.{name}") for name in frame.columns if f"column.{name}" in words}
    return frame.rename(columns=heads | {key: view.metric(key) for key in metrics})


def about(view: View) -> pd.DataFrame:
    """Which filters, how many reports, which build: the sheet that goes along."""
    words, build, left = view.words, questions.build(), view.summary
    rows = {
        words("about.build"): build["build_id"],
        words("about.created"): str(build["created_at"]),
        words("about.reports"): str(left.reports),
        words("about.agencies"): str(left.agencies),
        words("about.address"): filters.address(),
    } | {words(f"filters.{name}"): " ".join(values) for name, values in view.selection.query().items()}
    return pd.DataFrame({words("about.what"): rows.keys(), words("about.value"): rows.values()})


def dictionary(view: View, *, keys: bool) -> pd.DataFrame:
    """The metric dictionary; headed by keys, or by labels with the units in the page's language."""
    frame = pd.DataFrame(list(view.metrics.values()))[list(_ENTRY)]
    if keys:
        return frame
    words = view.words
    units = [words(f"unit.{unit}") for unit in frame["unit"]]
    return frame.assign(unit=units).set_axis([words(f"dictionary.{name}") for name in _ENTRY], axis=1)


def _readme(view: View, facts: pd.DataFrame) -> str:
    return "\n".join([view.words("about.readme"), "", *(f"{what}: {value}" for what, value in facts.to_numpy())])


def _bundle(readme: str, selection: Selection, frames: Mapping[str, pd.DataFrame]) -> bytes:
    parts = {name: questions.rows(name, selection) for name in ("cells", "problems", "findings", "metrics")}
    return bundle(readme, {**frames, **parts})


def buttons(view: View, entries: pd.DataFrame, whole: Callable[[], pd.DataFrame]) -> None:
    """CSV, Excel, Parquet and the bundle. Each is made when it is asked for, outside of the page's run."""
    words, facts = view.words, about(view)
    sheets = {words("about.dictionary"): entries, words("about.filters"): facts}
    files: tuple[tuple[str, str, Callable[[pd.DataFrame], bytes]], ...] = (
        ("csv", "text/csv", csv_bytes),
        ("xlsx", _EXCEL, lambda frame: excel_bytes({words("about.data"): frame, **sheets})),
        ("parquet", "application/octet-stream", parquet_bytes),
        (
            "zip",
            "application/zip",
            lambda frame: _bundle(
                _readme(view, facts), view.selection, {"table": frame, "dictionary": entries, "filters": facts}
            ),
        ),
    )
    for column, (kind, mime, make) in zip(st.columns(4), files, strict=True):
        key, file = f"file_{kind}", partial(_made, make, whole)
        column.download_button(
            words(f"download.{kind}"), file, f"nianbao.{kind}", mime, key=key, on_click="ignore", width="stretch"
        )


def _made(make: Callable[[pd.DataFrame], bytes], whole: Callable[[], pd.DataFrame]) -> bytes:
    return make(whole())


def offer(view: View, shown: pd.DataFrame, entries: pd.DataFrame, whole: Callable[[], pd.DataFrame]) -> None:
    """How many rows there are, how many of them are shown, and their files, with the dictionary's `entries`, where a
    process can hold them.
    """
    words, rows = view.words, view.summary.reports
    st.caption(words("download.rows", rows=f"{rows:,}", columns=len(shown.columns)))
    if rows > questions.WHOLE:
        st.info(words("download.too_many", n=f"{questions.WHOLE:,}"))
        return
    if rows > len(shown):
        st.caption(words("download.rows_shown", n=f"{len(shown):,}"))
    buttons(view, entries, whole)
