"""Charts are kept: visitors who look at the same data through the same filters see the same chart, made once."""

from __future__ import annotations

import streamlit as st

from dashboard.components.view import View
from dashboard.queries.door import build

_MOST = 64
"""Charts of a kind that stay in memory."""


def _what_it_shows(view: View) -> str:
    """The build, the language and the filters: all that a chart takes from a view."""
    return f"{build()} {view.words.lang} {view.selection!r}"


kept = st.cache_resource(max_entries=_MOST, show_spinner=False, hash_funcs={View: _what_it_shows})
"""For a function of what a view shows and of plain values. What it gives is shared: copy before changing it."""
