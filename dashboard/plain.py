"""Text of reports and addresses where a widget or chart would take marks in it for formatting, links or pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

_MARKDOWN = re.compile(r"([!#$&()*+\-.:<>\[\\\]_`{|}~])")
_ADDRESS = re.compile(r"(://|www\.)")
_JOINER = "\u2060"
_TAG = re.compile(r"(<br>|<extra></extra>)|<")
_UNSHOWN = "customdata"


def in_markdown(text: object) -> str:
    """The text for a label or message that Streamlit reads as Markdown; it shows as it is written, on one line.

    A joiner without width keeps an address from becoming a link, which escaping alone does not prevent.
    """
    parted = _ADDRESS.sub(lambda found: found[0][0] + _JOINER + found[0][1:], " ".join(str(text).split()))
    return _MARKDOWN.sub(r"\\\1", parted)


def in_chart(figure: go.Figure) -> go.Figure | dict[str, Any]:
    """The figure with every text shown as it is written; of plotly's marks only the line break stays one."""
    whole = figure.to_plotly_json()
    if all(_as_written(text) == text for text in _texts(whole)):
        return figure
    drawn: dict[str, Any] = _shown(whole)
    return drawn


def _as_written(text: str) -> str:
    return _TAG.sub(lambda found: found[1] or "&lt;", text)


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            if key != _UNSHOWN:
                yield from _texts(value)
    elif isinstance(part, (list, tuple)):
        for value in part:
            yield from _texts(value)


def _shown(part: Any) -> Any:
    if isinstance(part, str):
        return _as_written(part)
    if isinstance(part, dict):
        return {key: value if key == _UNSHOWN else _shown(value) for key, value in part.items()}
    return [_shown(value) for value in part] if isinstance(part, (list, tuple)) else part
