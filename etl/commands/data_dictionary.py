"""Writes docs/data-dictionary.md from the data that the program runs on: `python -m etl.commands.data_dictionary`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from etl.form import forms
from etl.paths import DATA, PROJECT, SQL
from etl.warehouse.metrics import metrics
from etl.yml import read_yml

TARGET = PROJECT / "docs" / "data-dictionary.md"
_HEAD = """# Data dictionary

Written by `python -m etl.commands.data_dictionary` from `etl/sql/views`, `etl/forms`, `data/metrics.yml`,
`data/rules.yml`, `data/themes.yml` and `data/reasons.yml`; a test holds it current.
"""


def data_dictionary() -> str:
    """The whole document."""
    parts = [_HEAD, *_views(), *_metrics(), *_rules(), *_themes(), *_reasons(), *_forms()]
    return "\n".join(parts).rstrip() + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ").strip() for cell in row) + " |"
    yield ""


def _entries(name: str) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = read_yml(DATA / f"{name}.yml")[name]
    return entries


def _views() -> Iterator[str]:
    yield "## Views of the warehouse\n"
    files = sorted((SQL / "views").glob("*.sql"))
    yield from _table(("view", "one row per"), ((file.stem, _row_of(file)) for file in files))


def _row_of(file: Path) -> str:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix("-- one row per ").removeprefix("-- one row: ")


def _metrics() -> Iterator[str]:
    yield "## Metrics (`metric`)\n"
    words = ("label_zh", "label_en", "formula_en", "caveat_en")
    rows = ((f"`{m.key}`", m.unit, *(m.words.get(word) or "" for word in words)) for m in metrics())
    yield from _table(("key", "unit", "中文", "English", "formula", "caveat"), rows)


def _rules() -> Iterator[str]:
    yield "## Rules (`rule`)\n"
    rows = ((r["key"], r["severity"], r["label_zh"], r["meaning_zh"], r["meaning_en"]) for r in _entries("rules"))
    yield from _table(("key", "severity", "名称", "含义", "meaning"), rows)


def _themes() -> Iterator[str]:
    yield "## Themes (`theme`)\n"
    rows = ((f"`{t['key']}`", t["label_zh"], t["label_en"], t["definition_en"]) for t in _entries("themes"))
    yield from _table(("key", "中文", "English", "definition"), rows)


def _reasons() -> Iterator[str]:
    yield "## Reasons why a file was not loaded (`sources.reason`)\n"
    rows = ((f"`{r['key']}`", r["label_zh"], r["label_en"]) for r in _entries("reasons"))
    yield from _table(("key", "中文", "English"), rows)


def _forms() -> Iterator[str]:
    for form in forms().values():
        yield f"## Cells of form {form.version} (`form_cell`, since {form.first_year})\n"
        rows = (
            (f"`{at.key}`", row.label, column.label, column.unit)
            for table in form.tables
            for row in table.rows
            for at, column in zip(row.cells(table.table_no), row.columns, strict=True)
        )
        yield from _table(("key", "行", "列", "单位"), rows)


if __name__ == "__main__":
    TARGET.write_text(data_dictionary(), encoding="utf-8")
