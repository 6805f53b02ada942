"""How every page begins: its title and question, what is shown, and the case of nothing to show."""

from __future__ import annotations

import streamlit as st

from dashboard.components import empty, filters
from dashboard.components.view import View, current_view


def begin(name: str) -> View:
    """Write the head of the page `name` and return the view; stops where the filters leave no report."""
    view = current_view()
    words = view.words
    st.title(words(f"page.{name}.title"), anchor=False)
    st.caption(words(f"page.{name}.question"))
    filters.refusals(view)
    if view.summary.transcribed:
        st.caption(words("app.transcribed", n=view.summary.transcribed, reports=view.summary.reports))
    empty.no_match(view)
    return view
