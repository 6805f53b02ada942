"""The last step of a reader: raw blocks to a Document, every text repaired, every block with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from etl.document import Block, Document, Paragraph, Rejected, Row, Table, numbered
from etl.readers.grid import Grid
from etl.text import repair

_PART = "\ufdd0"  # a noncharacter: no text holds it


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that knows its place, where the reader has a better one than its number."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A table that knows the place of every row; equal indexes are equal columns when `exact`."""

    rows: Grid
    places: Sequence[str]
    exact: bool = True


RawBlock = str | Line | Grid | Placed


def build(source: str, raw: Sequence[RawBlock], layout: str) -> Document:
    """The Document of raw blocks in reading order; blank paragraphs and blank tables fall away.

    Places: `paragraph 12`, `table 3 row 7 column 2`, or what `Line` and `Placed` say. Rejected: empty.
    """
    texts = iter(_repair_all(list(chain.from_iterable(map(_texts, raw)))))
    blocks = tuple(_blocks(raw, texts))
    if not blocks:
        raise Rejected("empty")
    return Document(source, blocks, layout)


def _texts(block: RawBlock) -> Iterable[str]:
    if isinstance(block, str):
        return (block,)
    if isinstance(block, Line):
        return (block.text,)
    rows = block.rows if isinstance(block, Placed) else block
    return chain.from_iterable(rows)


def _repair_all(texts: list[str]) -> list[str]:
    """Repaired together, since the script of a text shows in the whole; one by one if that tore the parts."""
    joined = _PART.join(texts)
    if joined.count(_PART) >= len(texts):  # a text holds the noncharacter all the same
        texts = [text.replace(_PART, "") for text in texts]
        joined = _PART.join(texts)
    repaired = repair(joined)
    if repaired != joined:
        parts = repaired.split(_PART)
        texts = parts if len(parts) == len(texts) else [repair(text) for text in texts]
    return list(map(str.strip, texts))


def _blocks(raw: Sequence[RawBlock], texts: Iterator[str]) -> Iterator[Block]:
    paragraphs = tables = 0
    for block in raw:
        if isinstance(block, (str, Line)):
            text = next(texts)
            if text:
                paragraphs += 1
                yield Paragraph(text, block.place if isinstance(block, Line) else f"paragraph {paragraphs}")
            continue
        table = _table(block, texts, tables + 1)
        if any(any(row.texts) for row in table.rows):
            tables += 1
            yield table


def _table(block: Grid | Placed, texts: Iterator[str], number: int) -> Table:
    if isinstance(block, Placed):
        places = [numbered(place, "column", len(row)) for row, place in zip(block.rows, block.places, strict=True)]
    else:
        places = [_numbered(number, at, len(row)) for at, row in enumerate(block, start=1)]
    rows = tuple([Row(tuple(islice(texts, len(row))), row) for row in places])
    return Table(rows, block.exact if isinstance(block, Placed) else True)


@lru_cache(maxsize=1024)
def _numbered(table: int, row: int, width: int) -> tuple[str, ...]:
    """The places of a row's cells; the tables of most reports have the same rows."""
    return numbered(f"table {table} row {row}", "column", width)
