"""Tables that text tools draw with lines: `+---+` or box characters between rows, `|` between cells, a cell's text over
several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.document import Cell

_LINES_DRAWN = {"|": "│┃║", "-": "─━═", "+": "┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫"}
_TO_ASCII = str.maketrans({char: plain for plain, drawn in _LINES_DRAWN.items() for char in drawn})
_DRAWN = re.compile("[│┃║]")
_TOP = re.compile(r"\s*\+[-=+:]*[-=]{2,}[-=+:]*\+\s*")
_RULE = re.compile(r"\+[-=]{2,}|[-=]{2,}\+")


def with_plain_lines(text: str) -> str:
    """The text with box characters as `|`, `-` and `+`."""
    return text.translate(_TO_ASCII) if _DRAWN.search(text) else text


def begins_drawn(line: str) -> bool:
    """Whether a line is the upper edge of a drawn table."""
    return _TOP.fullmatch(line) is not None


def drawn_rows(lines: Sequence[tuple[str, str]]) -> tuple[list[tuple[Cell, ...]], int]:
    """The rows of the drawn table that begins with the first line, each line with its place, and how many lines it has.

    Lines between two rules are one row; of a cell that reaches over a rule the text beside the rule is lost.
    """
    rows: list[tuple[Cell, ...]] = []
    group: list[tuple[list[str], str]] = []
    end = 0
    for text, place in lines:
        bare = text.strip()
        if not bare.startswith(("|", "+")):
            break
        end += 1
        if not _RULE.search(bare):
            group.append((bare.strip("+").removeprefix("|").removesuffix("|").split("|"), place))
        elif group:
            rows.append(_row(group))
            group = []
    return [*rows, *([_row(group)] if group else [])], end


def _row(group: Sequence[tuple[list[str], str]]) -> tuple[Cell, ...]:
    """One row of its lines, cell by cell; one cell of all its text where the lines disagree on how many there are."""
    texts, place = [parts for parts, _ in group], group[0][1]
    if len({len(parts) for parts in texts}) > 1:
        texts = [[" ".join(parts)] for parts in texts]
    joined = ["".join(_pieces([part.strip() for part in column])) for column in zip(*texts, strict=True)]
    return tuple(Cell(text, f"{place} cell {number}") for number, text in enumerate(joined, start=1))


def _pieces(parts: Sequence[str]) -> list[str]:
    """Pieces of a cell; a gap stays between figures, since two numbers must not become one."""
    kept = [part for part in parts if part]
    gaps = [" " if one[-1].isdigit() and other[0].isdigit() else "" for one, other in zip(kept, kept[1:], strict=False)]
    return [text for pair in zip(kept, [*gaps, ""], strict=False) for text in pair]
