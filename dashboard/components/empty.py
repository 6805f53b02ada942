"""What a page says when there is nothing to show, and what to do next."""

from __future__ import annotations

import streamlit as st

from dashboard.components import url
from dashboard.components.view import View
from dashboard.queries.selection import PARAMETERS


def no_reports(view: View) -> None:
    """Nothing was loaded yet."""
    st.title(view.words("app.title"))
    st.info(view.words("empty.warehouse"))
    st.code("nianbao load PATH", language=None)
    st.caption(view.words("empty.warehouse_help"))


def no_match(view: View) -> None:
    """The filters leave nothing: stops the page after saying so."""
    if view.summary.reports:
        return
    st.info(view.words("empty.filter"))
    st.button(view.words("filters.reset"), on_click=url.clear, args=(PARAMETERS,), key="reset_empty")
    st.stop()
