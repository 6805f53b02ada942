"""What a page says when there is nothing to show, and what to do next."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.components import url
from dashboard.components.view import View
from dashboard.queries.door import DamagedWarehouseError, NoWarehouseError, OtherVersionError
from dashboard.queries.selection import PARAMETERS


def no_reports(words: Catalogue, fault: NoWarehouseError | None) -> None:
    """Nothing was loaded yet, or what was loaded cannot be read."""
    st.title(words("app.title"))
    if isinstance(fault, OtherVersionError):
        st.error(words("empty.version"))
    elif isinstance(fault, DamagedWarehouseError):
        st.error(words("empty.damaged"))
    else:
        st.info(words("empty.warehouse"))
        st.code("nianbao load PATH", language=None)
        st.caption(words("empty.warehouse_help"))


def no_match(view: View) -> None:
    """The filters leave nothing: stops the page after saying so."""
    if view.summary.reports:
        return
    st.info(view.words("empty.filter"))
    st.button(view.words("filters.reset"), on_click=url.clear, args=(PARAMETERS,), key="reset_empty")
    st.stop()
