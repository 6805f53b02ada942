"""Tables that text tools draw with lines: `+---+` or box characters between rows, `|` between cells, a cell's text over
several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.document import Row, numbered

_LINES_DRAWN = {"|": "│┃║｜", "-": "─━═", "+": "┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫"}
_TO_ASCII = str.maketrans({char: plain for plain, drawn in _LINES_DRAWN.items() for char in drawn})
_TOP = re.compile(r"\s*\+[-=+:]*[-=]{2,}[-=+:]*\+\s*")
_RULE = re.compile(r"\+[-=]{2,}|[-=]{2,}\+")
_VALUE = re.compile(r"\s*(?:\d[\d,.]*|[-—/])\s*")
_HEAD_AND_BODY = 3
_Group = list[tuple[list[str], str]]


def with_plain_lines(text: str) -> str:
    """The text with box characters as `|`, `-` and `+`."""
    return text.translate(_TO_ASCII) if any(bar in text for bar in _LINES_DRAWN["|"]) else text


def begins_drawn(line: str) -> bool:
    """Whether a line is the upper edge of a drawn table."""
    return _TOP.fullmatch(line) is not None


def drawn_rows(lines: Sequence[tuple[str, str]]) -> tuple[list[Row], int]:
    """The rows of the drawn table that begins with the first line, each line with its place, and how many lines it has.

    Lines between two rules are one row, unless rules stand about the head and the body only; of a cell that reaches
    over a rule the text beside the rule is lost.
    """
    groups: list[_Group] = [[]]
    end = 0
    for text, place in lines:
        bare = text.strip()
        if not bare.startswith(("|", "+")):
            break
        end += 1
        if not _RULE.search(bare):
            groups[-1].append((bare.strip("+").removeprefix("|").removesuffix("|").split("|"), place))
        elif groups[-1]:
            groups.append([])
    whole = [group for group in groups if group]
    if len(whole) <= _HEAD_AND_BODY and any(map(_holds_rows, whole)):
        whole = [[line] for group in whole for line in group]
    return [_row(group) for group in whole], end


def _holds_rows(group: _Group) -> bool:
    """Whether the lines between two rules are rows: several have values, or one stands under words."""
    with_values = [parts for parts, _ in group if any(_VALUE.fullmatch(part) for part in parts)]
    if len(with_values) != 1:
        return len(with_values) > 1
    values = [_VALUE.fullmatch(part) is not None for part in with_values[0]]
    above = [parts for parts, _ in group if parts is not with_values[0] and len(parts) == len(values)]
    return any(value and part.strip() for parts in above for value, part in zip(values, parts, strict=True))


def _row(group: _Group) -> Row:
    """One row of its lines, cell by cell; one cell of all its text where the lines disagree on how many there are."""
    texts, place = [parts for parts, _ in group], group[0][1]
    if len({len(parts) for parts in texts}) > 1:
        texts = [[" ".join(parts)] for parts in texts]
    joined = ["".join(_pieces([part.strip() for part in column])) for column in zip(*texts, strict=True)]
    return Row(tuple(joined), numbered(place, "cell", len(joined)))


def _pieces(parts: Sequence[str]) -> list[str]:
    """Pieces of a cell; a gap stays between figures, since two numbers must not become one."""
    kept = [part for part in parts if part]
    gaps = [" " if one[-1].isdigit() and other[0].isdigit() else "" for one, other in zip(kept, kept[1:], strict=False)]
    return [text for pair in zip(kept, [*gaps, ""], strict=False) for text in pair]
