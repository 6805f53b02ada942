"""Text that a spreadsheet program would run as a formula, made harmless: every CSV and Excel file goes through here."""

from __future__ import annotations

import re

_RISKY = re.compile(r"[=+@＝＋＠\t\r\n]|[-－](?![\d\s\-－]*$)")
_NOT_IN_A_WORKBOOK = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNKNOWN = "\ufffd"
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$")


def harmless(value: object) -> object:
    """Text that a spreadsheet would run, with an apostrophe before it; anything else as it is."""
    if isinstance(value, str) and _RISKY.match(value) and not _PLAIN_NUMBER.match(value):
        return f"'{value}"
    return value


def for_workbook(value: object) -> object:
    """The same for a cell of an Excel file, which holds no control characters: a file's name may."""
    kept = harmless(value)
    return _NOT_IN_A_WORKBOOK.sub(_UNKNOWN, kept) if isinstance(kept, str) else kept
