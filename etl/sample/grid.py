"""The form's tables as grids of merged cells, the way the blank form is laid out; every layout is drawn from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from random import Random

from etl.form import Column, FormTable, Row, forms
from etl.sample.words import levels, words

LABEL_COLUMNS = 3
WIDTH_2 = 4
VARIANTS = 24
"""How many spellings there are, and so how many drawings of each table a layout has."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the grid; with a `key` it holds the figure of that form cell, else its `text` is a label."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    key: str = ""


Grid = tuple[tuple[Box, ...], ...]
"""Rows of boxes that begin in them, as in HTML."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with where it begins."""

    row: int
    column: int
    box: Box


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one made-up agency spells the form: other words by label, brackets, gaps in narrow headers."""

    rows: dict[str, str]
    columns: dict[str, str]
    confusions: dict[str, str]
    brackets: tuple[str, str]
    dot: str
    gap: str
    annex: str

    def label(self, text: str) -> str:
        """The label as this agency prints it."""
        for right, wrong in self.confusions.items():
            text = text.replace(right, wrong)
        opening, closing = self.brackets
        text = text.replace("（", opening).replace("）", closing)
        return text[0] + self.dot + text[2:] if text[0].isdigit() and text[1] == "." else text

    def narrow(self, text: str) -> str:
        """A header of a narrow column, parted in two when the agency's table parts it."""
        text = self.label(text)
        half = len(text) // 2
        return text[:half] + self.gap + text[half:] if self.gap and len(text) > 3 else text


def draw_spelling(rng: Random, gaps: tuple[str, ...] = ("", "", "")) -> Spelling:
    """A random spelling; most agencies keep to the form's own."""
    data = words()
    annex = rng.choice(("national", "local"))
    rows = {key: rng.choice(other) for key, other in data["label_variants"].items() if rng.random() < 0.15}
    columns = {key: rng.choice(other) for key, other in data["column_variants"].items() if rng.random() < 0.15}
    wrong = rng.choice(sorted(data["confusions"])) if rng.random() < 0.15 else None
    return Spelling(
        rows,
        columns,
        {wrong: rng.choice(data["confusions"][wrong])} if wrong else {},
        rng.choice((("（", "）"), ("（", "）"), ("(", ")"), ("(", ") "))),
        rng.choice((".", ".", ".", ". ", "．", "、")),
        rng.choice(gaps),
        annex,
    )


def _name(row: Row, spelling: Spelling) -> str:
    name = row.name
    if row.key in spelling.rows:
        head = name[:2] if name[0].isdigit() else ""
        name = head + spelling.rows[row.key]
    return spelling.label(name)


def _column_label(column: Column, spelling: Spelling) -> str:
    return spelling.narrow(spelling.columns.get(column.key, column.label))


def _table_2(table: FormTable, spelling: Spelling) -> Iterator[tuple[Box, ...]]:
    content = words()["table_words"]["content"]
    for group, rows in groupby(table.rows, key=lambda row: row.label.split("/")[0]):
        yield (Box(spelling.label(group), WIDTH_2),)
        shown: tuple[str, ...] = ()
        for row in rows:
            wide = WIDTH_2 - len(row.columns)
            labels = tuple(column.label for column in row.columns)
            if labels != shown:
                yield (Box(content), *_stretch([Box(_column_label(c, spelling)) for c in row.columns], wide))
                shown = labels
            keys = [Box("", key=f"2/{row.key}/{column.key}") for column in row.columns]
            yield (Box(_name(row, spelling)), *_stretch(keys, wide))


def _stretch(boxes: list[Box], colspan: int) -> list[Box]:
    return [*boxes[:-1], replace(boxes[-1], colspan=colspan)]


def _header_3(table: FormTable, spelling: Spelling) -> Iterator[tuple[Box, ...]]:
    data = words()["table_words"]
    first, *organisations, total = [_column_label(c, spelling) for c in table.rows[0].columns]
    yield Box(spelling.label(data["sum_note"]), LABEL_COLUMNS, 3), Box(data["applicants"], len(organisations) + 2)
    yield Box(first, rowspan=2), Box(data["organisations"], len(organisations)), Box(total, rowspan=2)
    yield tuple(Box(label) for label in organisations)


def _table_3(table: FormTable, spelling: Spelling) -> Iterator[tuple[Box, ...]]:
    yield from _header_3(table, spelling)
    labels = [row.label.split("/") for row in table.rows]
    for index, row in enumerate(table.rows):
        boxes = []
        for depth in range(len(labels[index])):
            path = labels[index][: depth + 1]
            if depth < len(labels[index]) - 1:
                if index == 0 or labels[index - 1][: depth + 1] != path:
                    boxes.append(Box(spelling.label(path[-1]), rowspan=sum(p[: depth + 1] == path for p in labels)))
                continue
            boxes.append(Box(_name(row, spelling), LABEL_COLUMNS - depth))
        yield (*boxes, *(Box("", key=f"3/{row.key}/{column.key}") for column in row.columns))


def _table_4(table: FormTable, spelling: Spelling) -> Iterator[tuple[Box, ...]]:
    columns = [_column_label(column, spelling) for column in table.rows[0].columns]
    width = len(columns)
    alone = [row for row in table.rows if "/" not in row.label]
    grouped = [row for row in table.rows if "/" in row.label]
    group = grouped[0].label.split("/")[0]
    yield (*(Box(row.label, width) for row in alone), Box(group, width * len(grouped)))
    yield (
        *(Box(label, rowspan=2) for _ in alone for label in columns),
        *(Box(spelling.label(row.name), width) for row in grouped),
    )
    yield tuple(Box(label) for _ in grouped for label in columns)
    yield tuple(Box("", key=cell.key) for cell in table.cells())


def _table_1(table: FormTable, spelling: Spelling) -> Iterator[tuple[Box, ...]]:
    data = words()["annex_words"]
    rows = {row.key: row for row in table.rows}
    yield tuple(Box(label) for label in data[spelling.annex])
    group = ""
    for key in levels()["annex"][spelling.annex]:
        row = rows[key]
        unit = Box(row.columns[0].unit)
        if spelling.annex == "local":
            yield (Box(row.match[-1]), unit, *(Box("", key=f"1/{key}/{column.key}") for column in row.columns))
            continue
        if "/" in row.label and row.label.split("/")[0] != group:
            group = row.label.split("/")[0]
            yield Box(group), Box(data["none"]), Box(data["none"])
        yield Box(spelling.label(row.name)), unit, Box("", key=f"1/{key}/year")


_BUILDERS = {1: _table_1, 2: _table_2, 3: _table_3, 4: _table_4}


@lru_cache(maxsize=4096)
def grid_of(version: str, table_no: int, variant: int, gaps: tuple[str, ...] = ("",)) -> Grid:
    """The table of that form as the agencies of spelling number `variant` lay it out."""
    spelling = draw_spelling(Random(f"spelling/{variant}"), gaps)
    return tuple(_BUILDERS[table_no](forms()[version].table(table_no), spelling))


@lru_cache(maxsize=4096)
def keys_of(version: str, variant: int) -> frozenset[str]:
    """The cells that an agency of that spelling prints: all of the form, but of an annex only its own rows."""
    numbers = [table.table_no for table in forms()[version].tables]
    return frozenset(
        box.key for number in numbers for row in grid_of(version, number, variant) for box in row if box.key
    )


def placed(grid: Grid) -> list[Placed]:
    """Every box with the row and column where it begins, in reading order."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, boxes in enumerate(grid):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            found.append(Placed(row, column, box))
            taken |= {(row + r, column + c) for r in range(box.rowspan) for c in range(box.colspan)}
            column += box.colspan
    return found


def broken(grid: Grid, at: int) -> tuple[Grid, Grid]:
    """The grid parted by a page break before row `at`; labels that span the break are printed again below it."""
    above: list[list[Box]] = [[] for _ in range(at)]
    below: list[list[Box]] = [[] for _ in range(len(grid) - at)]
    for item in placed(grid):
        box, end = item.box, item.row + item.box.rowspan
        if item.row >= at:
            below[item.row - at].append(box)
            continue
        above[item.row].append(replace(box, rowspan=min(end, at) - item.row))
        if end > at:
            below[0].append(replace(box, rowspan=end - at))
    return tuple(map(tuple, above)), tuple(map(tuple, below))
