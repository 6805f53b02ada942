"""What the warehouse knows beside the reports: forms, metrics, themes and rules as rows of its dictionaries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from etl.form import Column, Form, FormTable, Row, forms
from etl.paths import DATA, FORMS
from etl.report import FormCell
from etl.warehouse.cellkeys import cell_numbers, fact_column
from etl.warehouse.metrics import metrics
from etl.yml import read_yml

Rows = list[tuple[Any, ...]]


@cache
def dictionaries() -> dict[str, Rows]:
    """Rows by table of `sql/dictionary.sql`, in its column order."""
    return {
        "cell_key": [
            (number, at.key, at.table_no, at.row_key, at.column_key, fact_column(at))
            for at, number in cell_numbers().items()
        ],
        "form_cell": [row for form in forms().values() for row in _form_cells(form)],
        "metric": list(_metrics()),
        "metric_operand": [
            (metric.key, o.part, o.variant, o.cell_no, o.sign) for metric in metrics() for o in metric.operands
        ],
        "theme": _entries("themes", ("label_zh", "label_en", "definition_zh", "definition_en")),
        "rule": _entries("rules", ("severity", "label_zh", "label_en", "meaning_zh", "meaning_en")),
        "cause": _entries("causes", ("label_zh", "label_en", "meaning_zh", "meaning_en"), "rules"),
    }


def _form_cells(form: Form) -> Iterator[tuple[Any, ...]]:
    position = 0
    for table in form.tables:
        for row in table.rows:
            for column in row.columns:
                position += 1
                yield _form_cell(form, (table, row, column), position)


def _form_cell(form: Form, where: tuple[FormTable, Row, Column], position: int) -> tuple[Any, ...]:
    table, row, column = where
    at = FormCell(table.table_no, row.key, column.key)
    english = _english()[table.table_no]
    row_en, column_en = english["rows"][row.key], english["columns"][column.key]
    labels = (f"{row.label}：{column.label}", f"{row_en}: {column_en}", row.label, row_en, column.label, column_en)
    return (form.version, position, at.key, table.table_no, row.key, column.key, *labels, column.unit, fact_column(at))


@cache
def _english() -> dict[int, dict[str, dict[str, str]]]:
    """The forms' English by table: `rows` and `columns` by key."""
    words: dict[int, dict[str, dict[str, str]]] = read_yml(FORMS / "english.yml")
    return words


def _metrics() -> Iterator[tuple[Any, ...]]:
    names = {number: at.key for at, number in cell_numbers().items()}
    for position, m in enumerate(metrics(), start=1):
        cells = list(dict.fromkeys(names[o.cell_no] for o in m.operands))
        texts = [m.words[word] for word in ("formula_zh", "formula_en", "caveat_zh", "caveat_en")]
        labels = (m.words["label_zh"], m.words["label_en"])
        yield (
            position,
            m.key,
            *labels,
            m.unit,
            m.kind,
            m.level,
            m.group,
            m.scale,
            *texts,
            m.minuend,
            m.subtrahend,
            cells,
        )


def _entries(name: str, fields: tuple[str, ...], file: str = "") -> Rows:
    """Entries of `data/<file or name>.yml` under the key of that name, numbered in order."""
    data = read_yml(DATA / f"{file or name}.yml")
    return [(n, entry["key"], *(entry[field] for field in fields)) for n, entry in enumerate(data[name], start=1)]
