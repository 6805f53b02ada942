"""The report reader: the tables as printed with marks and findings, the sections, another year beside it."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import checklist, formats
from dashboard.components import evidence, points, url
from dashboard.components.figures import download_csv
from dashboard.components.filters import shared_query
from dashboard.components.names import told_apart
from dashboard.components.view import View
from dashboard.messages import place, told
from dashboard.plain import in_markdown
from dashboard.queries import questions, reader
from dashboard.queries.reader import OneReport

MARKS = {"unreadable": "?", "missing": "∅", "blank": "␣"}
TABLES = (1, 2, 3, 4)
UNSURE = ("ambiguous", "none")
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HITS = 30
_AROUND = 60
_STYLE = """<style>
.nb-scroll {overflow-x: auto}
table.nb {border-collapse: collapse; font-size: .82rem; min-width: 100%}
table.nb th, table.nb td {border: 1px solid rgba(128,128,128,.45); padding: 2px 6px; text-align: right}
table.nb th {font-weight: 500; text-align: left}
table.nb thead th {text-align: center; white-space: nowrap}
table.nb th[scope=row] {min-width: 9rem}
table.nb td {min-width: 2.5rem}
table.nb .doubt {background: rgba(213,94,0,.22)}
table.nb .differs {font-weight: 700; text-decoration: underline}
table.nb .here {outline: 3px solid #d55e00; outline-offset: -2px}
mark {background: rgba(240,180,40,.55); color: inherit}
</style>"""


def choose(view: View) -> OneReport | None:
    """The report that the URL names, or the first that the filters leave; a note when it is not there."""
    words, listed = view.words, questions.reports_listed(view.selection)
    asked = st.query_params.get("report")
    found = reader.report(asked) if asked else None
    if asked and found is None:
        st.warning(words("empty.report"))
    rows = [*(row for _, row in listed.iterrows()), *([] if found is None else [found.facts])]
    names = told_apart({str(row["report_id"]): _ways(row) for row in rows})
    chosen = url.pick_one(words, "report", {"": words("filters.first_report")} | names, words("filters.report"))
    if view.summary.reports > len(listed):
        st.caption(words("filters.reports_listed", n=f"{len(listed):,}"))
    return found or reader.report(chosen or listed["report_id"].iloc[0])


def _ways(row: pd.Series) -> tuple[str, str, str]:
    """What a report is called in a list; with its place, then with its id, where another one is called the same."""
    return f"{row['year']} {row['agency']}", str(row["label"]), f"{row['label']} {row['report_id']}"


def choose_other(view: View, one: OneReport) -> OneReport | None:
    """The report of another year of the same agency that stands beside it, if any is asked for."""
    words = view.words
    others = one.years[one.years["report_id"] != one.facts["report_id"]]
    options = {"": words("filters.nobody")} | {row["report_id"]: str(row["year"]) for _, row in others.iterrows()}
    chosen = url.pick_one(words, "with", options, words("filters.with"))
    return reader.report(chosen) if chosen else None


def head(view: View, one: OneReport) -> None:
    """Who reports on which year, and where the report comes from."""
    facts, words = one.facts, view.words
    st.subheader(words("reader.of", agency=in_markdown(facts["agency"]), year=facts["year"]), anchor=False)
    st.text(
        words(
            "reader.facts",
            county=_where(view, facts),
            kind=words(f"kind.{facts['kind']}"),
            form=words(f"form.{facts['form']}"),
            published=facts["published_on"].date() if pd.notna(facts["published_on"]) else formats.NOTHING,
            known=facts["cells_known"],
            wanted=facts["cells_in_form"],
            source=facts["source_path"],
        )
    )


def _where(view: View, facts: pd.Series) -> str:
    if facts["region_level"] in UNSURE:
        return f"{view.words('filters.unassigned')} {' '.join(facts['region_candidates'])}".strip()
    return next(
        (str(facts[level]) for level in ("county", "city", "province") if pd.notna(facts[level])), formats.NOTHING
    )


def place_of_cell(view: View, one: OneReport) -> None:
    """What the cell that the URL names says, and where it stands in the source."""
    rows = one.cells[one.cells["key"] == st.query_params.get("cell", "")]
    for _, row in rows.iterrows():
        name = f"{view.words.entry(row, 'row_label')} · {view.words.entry(row, 'column_label')}"
        said = view.words(
            "reader.cell",
            name=name,
            printed=in_markdown(row["printed"] or formats.NOTHING),
            state=view.words(f"state.{row['state']}"),
            place=in_markdown(row["place"] or formats.NOTHING),
        )
        st.success(said)


def tables(view: View, one: OneReport, other: OneReport | None) -> None:
    """The tables as printed, the other year's beside them, the findings under them."""
    st.caption(view.words("reader.marks"))
    for number in TABLES:
        if not (one.cells["table_no"] == number).any():
            continue
        st.markdown(f"**{view.words(f'reader.table_{number}')}**")
        if other is None:
            st.html(_STYLE + _table(view, one, None, number))
        else:
            for column, (report, against) in zip(st.columns(2), ((one, other), (other, one)), strict=True):
                column.caption(str(report.facts["year"]))
                column.html(_STYLE + _table(view, report, against, number))


def _table(view: View, one: OneReport, other: OneReport | None, number: int) -> str:
    cells = one.cells[one.cells["table_no"] == number]
    doubted = {key for text in one.findings["cells"] for key in text.split()}
    values = {} if other is None else dict(zip(other.cells["key"], other.cells["printed"], strict=True))
    by_row = cells.groupby("row_key", sort=False)
    heads = list(cells["column_key"].drop_duplicates())
    uniform = all(list(rows["column_key"]) == heads for _, rows in by_row)
    body = []
    for _, rows in by_row:
        fields = [_field(view, row, doubted, values, labelled=not uniform) for _, row in rows.iterrows()]
        name = escape(view.words.entry(rows.iloc[0], "row_label").replace("/", " / "))
        body.append(f'<tr><th scope="row">{name}</th>{"".join(fields)}</tr>')
    names = cells.drop_duplicates("column_key")
    top = "".join(
        f'<th scope="col">{escape(view.words.entry(row, "column_label"))}</th>' for _, row in names.iterrows()
    )
    header = f"<thead><tr><th></th>{top}</tr></thead>" if uniform else ""
    return f'<div class="nb-scroll" tabindex="0"><table class="nb">{header}<tbody>{"".join(body)}</tbody></table></div>'


def _field(view: View, row: pd.Series, doubted: set[str], other: dict[str, str], *, labelled: bool) -> str:
    doubt = row["key"] in doubted or row["state"] in MARKS
    differs = row["key"] in other and other[row["key"]] != row["printed"]
    here = row["key"] == st.query_params.get("cell")
    classes = " ".join(name for name, holds in (("doubt", doubt), ("differs", differs), ("here", here)) if holds)
    marks = MARKS.get(row["state"], "⚠" if row["key"] in doubted else "") + ("≠" if differs else "")
    place = escape(
        f"{view.words('reader.place', place=row['place'])} · {view.words('state.' + row['state'])}", quote=True
    )
    label = f"<small>{escape(view.words.entry(row, 'column_label'))}</small><br>" if labelled else ""
    return f'<td class="{classes}" title="{place}">{label}{escape(row["printed"])} {marks}</td>'


def findings(view: View, one: OneReport) -> None:
    """What the checks say of this report."""
    shown = one.findings[one.findings["status"] == "fail"]
    st.markdown(f"**{view.words('reader.findings', n=len(shown))}**")
    if shown.empty:
        st.caption(view.words("empty.section"))
        return
    columns = ["rule", "severity", "message", "cells", "place"]
    table = worded(view, shown[columns])
    labelled = table.set_axis([view.words(f"column.{name}") for name in columns], axis=1)
    st.dataframe(labelled, hide_index=True, placeholder="—", alt=view.words("reader.findings", n=len(shown)))
    _checklist(view, one)


def worded(view: View, findings: pd.DataFrame) -> pd.DataFrame:
    """Findings with severity, message, cells and place in the page's language."""
    lang, names = view.words.lang, checklist.names_by_key(view.words.lang)
    return findings.assign(
        severity=[view.words(f"severity.{name}") for name in findings["severity"]],
        message=[told(message, lang, names) for message in findings["message"]],
        cells=["；".join(points.cell(view, key) for key in cells.split()) for cells in findings["cells"]],
        place=[place(where, lang) for where in findings["place"]],
    )


def _checklist(view: View, one: OneReport) -> None:
    """The page that can be sent to the agency, to print and as a workbook."""
    listed = checklist.of_report(one.facts["report_id"], view.words.lang)
    if listed is None:
        return
    title = view.words("reader.checklist")
    html, excel, _ = st.columns([1, 1, 3])
    html.download_button(
        f"{title} HTML", checklist.as_html(listed), f"{listed.file_name}.html", "text/html", on_click="ignore"
    )
    excel.download_button(
        f"{title} Excel", checklist.as_excel(listed), f"{listed.file_name}.xlsx", _EXCEL, on_click="ignore"
    )


def texts(view: View, one: OneReport, words_sought: str) -> None:
    """Problems and remedies, then every section; the words sought are marked."""
    words = view.words
    for what in ("problem", "remedy"):
        rows = one.statements[one.statements["what"] == what]
        title = words("reader.problems" if what == "problem" else "reader.remedies", n=len(rows))
        items = "".join(f"<li>{marked(text, words_sought)}</li>" for text in rows["text"])
        st.markdown(f"**{title}**")
        st.html(f"{_STYLE}<ol>{items}</ol>" if items else f"<p>{escape(words('empty.section'))}</p>")
    st.markdown(f"**{words('reader.sections')}**")
    for _, row in one.sections.iterrows():
        with st.expander(in_markdown(row["heading"])):
            paragraphs = "".join(f"<p>{marked(line, words_sought)}</p>" for line in row["text"].splitlines())
            st.html(_STYLE + paragraphs if paragraphs else f"<p>{escape(words('empty.section'))}</p>")
            st.caption(words("reader.place", place=in_markdown(row["place"])))


def all_cells(view: View, one: OneReport) -> None:
    """Every cell with its state and place, as a table and a CSV."""
    words = view.words
    with st.expander(words("reader.cells", n=len(one.cells))):
        lang = words.lang
        columns = ["key", f"row_label_{lang}", f"column_label_{lang}", "printed", "value", "state", "place"]
        heads = ["key", *(words(f"column.{name}") for name in ("row", "column", "printed", "value", "state", "place"))]
        table = one.cells[columns].assign(state=[words(f"state.{state}") for state in one.cells["state"]])
        labelled = table.set_axis(heads, axis=1)
        st.dataframe(labelled, hide_index=True, placeholder="—", alt=words("reader.cells", n=len(one.cells)))
        download_csv(view, f"cells_{one.facts['report_id']}", labelled)


def marked(text: str, sought: str) -> str:
    """Escaped text with every occurrence of the words sought in a mark."""
    parts = text.split(sought) if sought else [text]
    return f"<mark>{escape(sought)}</mark>".join(map(escape, parts))


def search(view: View) -> str:
    """The full-text search over everything that the filters leave; returns the words sought."""
    words = view.words
    sought = url.type_text("q", words("filters.search"), words("filters.search_hint"))
    if not sought:
        return ""
    found = questions.search(view.selection, sought)
    if found.empty:
        st.info(words("empty.search", words=in_markdown(sought)))
        return sought
    every = int(found["listed_of"].iloc[0])
    with st.expander(words("reader.hits", n=every, shown=min(every, _HITS)), expanded=True):
        for _, row in found.head(_HITS).iterrows():
            query = shared_query() | {"report": [row["report_id"]], "q": [sought]}
            label = in_markdown(f"{row['agency']} {row['year']} · {row['heading']}")
            st.page_link(evidence.READER, label=label, query_params=query)
            st.html(_STYLE + marked(_excerpt(row["text"], sought), sought))
    return sought


def _excerpt(text: str, sought: str) -> str:
    at = text.find(sought)
    start, end = max(0, at - _AROUND), at + len(sought) + _AROUND
    return ("…" if start else "") + text[start:end].replace("\n", " ") + ("…" if end < len(text) else "")
