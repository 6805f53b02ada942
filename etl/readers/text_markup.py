"""What converters leave in a text around its words: quote marks, entities, line breaks of pages, separated values."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,5}|#x[0-9a-f]{2,4}|[a-z]{2,8});", re.IGNORECASE)
_QUOTED = re.compile(r"^[ \t]{0,3}> ?", re.MULTILINE)
_WIKI_TABLE = re.compile(r"^\{\|.*?^\|\}", re.MULTILINE | re.DOTALL)
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`)(?P<words>[^*_`]+)\1")
_VALUE = re.compile(r"[^\u4e00-\u9fffA-Za-z]{0,16}")
_SEPARATORS = ",;"
_LEAST_FIELDS, _LEAST_ROWS, _LEAST_MARKS = 3, 3, 30


def without_markup(text: str) -> str:
    """The text without entities, breaks inside lines and the marks of a text that is quoted as a whole; the double bars
    between the cells of a wiki's table as single ones."""
    if "<" in text:
        text = _BREAK.sub(" ", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "{|" in text:
        text = _WIKI_TABLE.sub(lambda found: found[0].replace("||", "|"), text)
    lines = text.count("\n") + 1
    if 2 * text.count(">") > lines and 2 * len(_QUOTED.findall(text)) > lines:
        text = _QUOTED.sub("", text)
    return text


def without_emphasis(cell: str) -> str:
    """A cell's text without the marks that print it bold."""
    found = _EMPHASIS.fullmatch(cell)
    return found["words"].strip() if found else cell


def with_tabs(text: str) -> str:
    """The text with tabs between the values of rows that commas or semicolons part."""
    for mark in _SEPARATORS:
        if text.count(mark) >= _LEAST_MARKS:
            text = "\n".join(_tabbed(text.split("\n"), mark))
    return text


def _tabbed(lines: Sequence[str], mark: str) -> Iterator[str]:
    """The lines, with tabs in stretches of rows that have equally many fields, a good part of them values."""
    rows = [_fields(line, mark) for line in lines]
    at = 0
    for count, group in groupby(rows, key=len):
        length = sum(1 for _ in group)
        fields = [field for row in rows[at : at + length] for field in row]
        values = sum(1 for field in fields if _VALUE.fullmatch(field))
        separated = count >= _LEAST_FIELDS and length >= _LEAST_ROWS and 6 * values > len(fields)
        yield from (map("\t".join, rows[at : at + length]) if separated else lines[at : at + length])
        at += length


def _fields(line: str, mark: str) -> list[str]:
    """The fields of a line; one where none is parted."""
    if mark not in line or "\t" in line:
        return [line]
    try:
        return next(csv.reader([line], delimiter=mark))
    except csv.Error:  # a line too long for a row of values
        return [line]
