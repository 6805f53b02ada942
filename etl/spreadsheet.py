"""Text that a spreadsheet program would run as a formula, made harmless: every CSV and Excel file goes through here."""

from __future__ import annotations

import re

_RISKY = re.compile(r"[=+@\t\r]|-(?![\d\s\-]*$)")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$")


def harmless(value: object) -> object:
    """Text that a spreadsheet would run, with an apostrophe before it; anything else as it is."""
    if isinstance(value, str) and _RISKY.match(value) and not _PLAIN_NUMBER.match(value):
        return f"'{value}"
    return value
