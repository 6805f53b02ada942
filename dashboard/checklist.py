"""The checklist of one report, ready to be sent to its agency: one printable page, as HTML and as a workbook.

No page's widgets here: a page asks `of_report` and offers `as_html` and `as_excel` as downloads.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import zip_longest
from math import ceil
from pathlib import Path, PurePath
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, Side  # type: ignore[import-untyped]
from openpyxl.worksheet.page import PageMargins  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from dashboard.messages import place, told
from dashboard.queries import quality, questions
from dashboard.queries.reader import report
from etl.spreadsheet import for_workbook
from etl.yml import read_yml

MOST_CELLS = 6
"""Cells that a finding lists; the rest are counted, so that the list stays a page."""
FEW_CELLS = 3
"""A finding with more cells than these is a sum or a list; its zeros are left out."""
_FOLDER = Path(__file__).parent
_WIDTHS = (6, 18, 9, 30, 12, 20, 44, 22, 22)
_LINE = 14
"""Points that a line of the sheet's text is high."""
_FULL_WIDTH = 2.1
_FONT = "Calibri"
_HEADS = ("n", "rule", "severity", "cells", "printed", "place", "message", "cause")


@dataclass(frozen=True, slots=True)
class Item:
    """One finding. `cells`, `printed` and `places` go together, one of each for every cell that is listed."""

    n: int
    rule: str
    severity: str
    cells: tuple[str, ...]
    printed: tuple[str, ...]
    places: tuple[str, ...]
    message: str
    cause: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """All findings of one report, and what stands above and below them."""

    lang: str
    title: str
    report: str
    notes: tuple[str, ...]
    items: tuple[Item, ...]
    file_name: str


@cache
def _labels(lang: str) -> Mapping[str, Any]:
    data = read_yml(_FOLDER / "labels" / "checklist.yml")
    labels: Mapping[str, Any] = data[lang]
    return labels


@cache
def _style() -> str:
    return (_FOLDER / "assets" / "checklist.css").read_text(encoding="utf-8")


def of_report(report_id: str, lang: str) -> Checklist | None:
    """The checklist of that report in `zh` or `en`; None when the warehouse has no such report."""
    found = report(report_id)
    if found is None:
        return None
    facts, words = found.facts, _labels(lang)
    who = {"agency": facts["agency"], "year": facts["year"]}
    frame, names = quality.checklist(report_id), names_by_key(lang)
    items = tuple(_item(part, lang, names) for _, part in frame.groupby("n", sort=True))
    return Checklist(
        lang, words["title"], words["report"].format(**who), _notes(facts, words), items, words["file"].format(**who)
    )


def names_by_key(lang: str) -> dict[str, str]:
    """Labels of rows and columns by key."""
    names = {}
    for cell in questions.form_cells().values():
        for part in ("row", "column"):
            names[str(cell[f"{part}_key"])] = str(cell[f"{part}_label_{lang}"]).rsplit("/", 1)[-1]
    return names


def _notes(facts: pd.Series, words: Mapping[str, Any]) -> tuple[str, ...]:
    notes = [words["note"]]
    if not pd.isna(facts["sums_in_form"]):
        wanted, assessed, failed = (int(facts[name]) for name in ("sums_in_form", "sums_assessed", "arithmetic_errors"))
        counts = {"all": wanted, "assessed": assessed, "failed": failed, "unknown": wanted - assessed}
        notes.append(words["rates"].format(**counts))
    if facts["transcribed"]:
        notes.append(words["transcribed"])
    return (*notes, words["source"].format(path=PurePath(facts["source_path"]).name))


def _item(rows: pd.DataFrame, lang: str, names: Mapping[str, str]) -> Item:
    first, words = rows.iloc[0], _labels(lang)
    listed = _first_and_last(rows[[_is_worth_listing(row) for _, row in rows.iterrows()]])
    more = (words["more"].format(n=first["cells"]),) if len(listed) < first["cells"] else ()
    message = told(first["message"], lang, names)
    return Item(
        n=int(first["n"]),
        rule=f"{first['rule']} {first[f'rule_{lang}']}",
        severity=words["severity"][first["severity"]],
        cells=(*(_short(row[f"cell_{lang}"]) for _, row in listed.iterrows()), *more),
        printed=tuple(_printed(row, words) for _, row in listed.iterrows()),
        places=tuple(place(row["place"], lang) for _, row in listed.iterrows()) or (place(first["place"], lang),),
        message=message,
        cause=" ".join(part for part in (first[f"cause_{lang}"], first[f"cause_meaning_{lang}"]) if part),
    )


def _short(label: str) -> str:
    """A cell's label without the groups above its row; the place tells which of two it is."""
    row, mark, column = label.rpartition("：")
    return row.rsplit("/", 1)[-1] + mark + column


def _first_and_last(rows: pd.DataFrame) -> pd.DataFrame:
    """At most so many cells; the last one stays, since a sum ends with its total."""
    return rows if len(rows) <= MOST_CELLS else pd.concat([rows.head(MOST_CELLS - 1), rows.tail(1)])


def _is_worth_listing(row: pd.Series) -> bool:
    """Not a 0 within a sum, which tells nothing; the last cell, mostly the total, is always listed."""
    if pd.isna(row["key"]):
        return False
    is_last = row["position"] == row["cells"] - 1
    return is_last or not (row["value"] == 0 and row["cells"] > FEW_CELLS)


def _printed(row: pd.Series, words: Mapping[str, Any]) -> str:
    state = "missing" if pd.isna(row["state"]) else str(row["state"])
    said = words["state"].get(state, "")
    return " ".join(part for part in (str(row["printed"]) if state != "missing" else "", said) if part)


def as_html(checklist: Checklist) -> str:
    """A page of its own, with the style inside, that prints on A4."""
    words = _labels(checklist.lang)
    names = [*(words["heads"][name] for name in _HEADS), words["reply"]]
    heads = "".join(f"<th>{escape(name)}</th>" for name in names)
    bodies = "".join(f"<tbody>{_rows(item)}</tbody>" for item in checklist.items)
    table = f"<table><thead><tr>{heads}</tr></thead>{bodies}</table>"
    notes = "".join(f"<p>{escape(note)}</p>" for note in checklist.notes)
    body = table if checklist.items else f"<p>{escape(words['empty'])}</p>"
    return (
        f'<!doctype html><html lang="{checklist.lang}"><head><meta charset="utf-8">'
        f"<title>{escape(checklist.file_name)}</title><style>{_style()}</style></head>"
        f"<body><h1>{escape(checklist.title)}</h1><h2>{escape(checklist.report)}</h2>{notes}{body}"
        f"<p>{escape(words['signed'])}</p></body></html>"
    )


def _cells(item: Item) -> list[tuple[str, str, str]]:
    """Cell, printed text and place, a row each; at least one row."""
    return list(zip_longest(item.cells, item.printed, item.places, fillvalue="")) or [("", "", "")]


def _rows(item: Item) -> str:
    """A row of the page for each cell of a finding; what is said once spans them."""
    cells = _cells(item)
    span = f' rowspan="{len(cells)}"' if len(cells) > 1 else ""
    before = "".join(f"<td{span}>{escape(text)}</td>" for text in (str(item.n), item.rule, item.severity))
    after = "".join(f"<td{span}>{escape(text)}</td>" for text in (item.message, item.cause, ""))
    first, *rest = ("".join(f"<td>{escape(text)}</td>" for text in cell) for cell in cells)
    return f"<tr>{before}{first}{after}</tr>" + "".join(f"<tr>{row}</tr>" for row in rest)


def as_excel(checklist: Checklist) -> bytes:
    """The same as a workbook of one sheet that prints one page wide."""
    words = _labels(checklist.lang)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = words["sheet"]
    for text in (checklist.title, checklist.report, *checklist.notes):
        sheet.append([for_workbook(text)])
    sheet.append([*(words["heads"][name] for name in _HEADS), words["reply"]])
    head = sheet.max_row
    for item in checklist.items:
        _append(sheet, item)
    last = sheet.max_row
    sheet.append([words["signed"] if checklist.items else words["empty"]])
    _dress(sheet, head, last)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _append(sheet: Worksheet, item: Item) -> None:
    """A row of the sheet for each cell of a finding, as high as its text needs; what is said once spans them."""
    first, cells = sheet.max_row + 1, _cells(item)
    once = {1: str(item.n), 2: item.rule, 3: item.severity, 7: item.message, 8: item.cause, 9: ""}
    sheet.append([None] * len(_WIDTHS))
    for row, cell in enumerate(cells, first):
        for column, text in enumerate(cell, 4):
            sheet.cell(row, column, for_workbook(text))
        sheet.row_dimensions[row].height = _LINE * max(_lines(text, column) for column, text in enumerate(cell, 4))
    for column, text in once.items():
        sheet.cell(first, column, for_workbook(text))
        sheet.merge_cells(start_row=first, end_row=first + len(cells) - 1, start_column=column, end_column=column)
    wanted = _LINE * max(_lines(text, column) for column, text in once.items())
    there = sum(sheet.row_dimensions[row].height for row in range(first, first + len(cells)))
    sheet.row_dimensions[first + len(cells) - 1].height += max(0, wanted - there)


def _lines(text: str, column: int) -> int:
    """How many lines a text takes in a column, by the widths of its characters; not every program sees to it."""
    width = sum(_FULL_WIDTH if east_asian_width(char) in "WF" else 1 for char in text)
    return max(1, ceil(width / (_WIDTHS[column - 1] - 1)))


def _dress(sheet: Worksheet, head: int, last: int) -> None:
    """Widths, borders and wrapped text, landscape, one page wide."""
    thin = Side(style="thin")
    for letter, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"].font = Font(name=_FONT, bold=True, size=14)
    for row in sheet.iter_rows(min_row=head, max_row=last, max_col=len(_WIDTHS)):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
            cell.border = Border(top=thin, bottom=thin, left=thin, right=thin)
            cell.font = Font(name=_FONT, size=10, bold=cell.row == head)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.print_title_rows = f"{head}:{head}"
