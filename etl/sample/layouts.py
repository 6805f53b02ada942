"""Text layouts: a draft becomes the text of one file. Templates of the tables are drawn once and then filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random

from opencc import OpenCC

from etl.sample import tables_as_text as tables
from etl.sample.draft import Draft
from etl.sample.grid import grid_of
from etl.sample.prose import Kind
from etl.sample.words import words

WRAP = 38


@dataclass(frozen=True, slots=True)
class Layout:
    """A way of writing a report as text.

    `keeps_blanks` tells that a person still sees an empty cell, `joined` that cells are parted by nothing.
    `after` changes the whole text. `gaps` are what may part the words of a narrow header.
    """

    name: str
    draw: tables.Draw
    prose: str = "lines"
    keeps_blanks: bool = False
    joined: bool = False
    gaps: tuple[str, ...] = ("",)
    after: str = ""


LAYOUTS = (
    Layout("tabs", tables.tabs, keeps_blanks=True, gaps=("", "", " ")),
    Layout("tabs-lost", tables.tabs_lost, "spread", gaps=("", "", " ")),
    Layout("tabs-broken", tables.tabs_broken, gaps=("", "", " ")),
    Layout("cell-lines-tab", tables.cell_lines_tab, "spread", keeps_blanks=True, gaps=("", "\n")),
    Layout("cell-lines", tables.cell_lines, gaps=("", "", "\n")),
    Layout("blank-lines", tables.blank_lines, "spread", gaps=("", "\n")),
    Layout("pipes", tables.pipes, keeps_blanks=True, gaps=("", " ")),
    Layout("pipe-ends", tables.pipe_ends, keeps_blanks=True),
    Layout("pipe-lines", tables.pipe_lines, keeps_blanks=True, gaps=("", "\n")),
    Layout("spaces", tables.spaces, "wrapped"),
    Layout("aligned", tables.aligned, "wrapped"),
    Layout("run-together", tables.run_together),
    Layout("one-line", tables.one_line, "one-line"),
    Layout("glued", tables.glued, "one-line", joined=True),
    Layout("radicals", tables.spaces, "wrapped", after="radicals"),
    Layout("traditional", tables.pipes, keeps_blanks=True, after="traditional"),
)
MARKDOWN = (
    Layout("markdown", tables.markdown, "markdown", keeps_blanks=True, gaps=("", " ")),
    Layout("markdown-tabs", tables.tabs_lost, "markdown", gaps=("", " ")),
)


@lru_cache(maxsize=20_000)
def _template(layout: Layout, version: str, table_no: int, variant: int) -> tuple[str, ...]:
    rng = Random(f"{layout.name}/{version}/{table_no}/{variant}")
    lines = layout.draw(grid_of(version, table_no, variant, layout.gaps), rng)
    return tuple(tables.parts("\n".join(lines)))


def fill(template: Sequence[str], texts: dict[str, str]) -> str:
    """The template with the printed figures in their places."""
    filled = list(template)
    filled[1::2] = [texts[key] for key in template[1::2]]
    return "".join(filled)


def render(draft: Draft, layout: Layout) -> str:
    """The text of the file."""
    rng = Random(f"{layout.name}/{draft.agency.number}/{draft.year}")
    blocks: Blocks = []
    for piece in draft.prose.pieces:
        if piece.kind is Kind.TABLE:
            template = _template(layout, draft.form.version, int(piece.text), draft.variant)
            blocks.append((piece.kind, fill(template, draft.printed.texts)))
        else:
            blocks.append((piece.kind, piece.text))
    text = _PROSE[layout.prose](blocks, rng)
    return _AFTER[layout.after](text) if layout.after else text


Blocks = list[tuple[Kind, str]]


def _lines(blocks: Blocks, rng: Random) -> str:
    indent = rng.choice(("", "", "　　", "    "))
    return "\n".join(indent + text if kind is Kind.TEXT else text for kind, text in blocks) + "\n"


def _spread(blocks: Blocks, rng: Random) -> str:
    indent = rng.choice(("", "　　"))
    return "\n\n".join(indent + text if kind is Kind.TEXT else text for kind, text in blocks) + "\n"


def _wrapped(blocks: Blocks, rng: Random) -> str:
    """Paragraphs broken at a width, page numbers between lines, as text taken from a PDF."""
    lines, page = [], 1
    for kind, text in blocks:
        if kind is not Kind.TEXT:
            lines += [text, ""] if kind is Kind.HEADING else [text]
            continue
        pieces = [text[start : start + WRAP] for start in range(0, len(text), WRAP)]
        if len(pieces) > 1 and rng.random() < 0.2:
            pieces.insert(1, words()["page_marks"][0].format(n=page))
            page += 1
        lines += pieces
    return "\n".join(lines) + "\n"


def _one_line(blocks: Blocks, rng: Random) -> str:
    gap = rng.choice((" ", " ", "  "))
    return gap.join(text for _, text in blocks)


def _markdown(blocks: Blocks, rng: Random) -> str:
    marks = {Kind.TITLE: "# ", Kind.HEADING: rng.choice(("## ", "### ", "#### "))}
    return "\n\n".join(marks.get(kind, "") + text for kind, text in blocks) + "\n"


_PROSE: dict[str, Callable[[Blocks, Random], str]] = {
    "lines": _lines,
    "spread": _spread,
    "wrapped": _wrapped,
    "one-line": _one_line,
    "markdown": _markdown,
}


@cache
def _radicals() -> dict[int, str]:
    return {ord(plain): chr(code) for plain, code in words()["radicals"].items()}


def _to_radicals(text: str) -> str:
    return text.translate(_radicals())


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def _to_traditional(text: str) -> str:
    converted: str = _converter("s2t").convert(text)
    return converted


_AFTER = {"radicals": _to_radicals, "traditional": _to_traditional}
