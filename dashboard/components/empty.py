"""What a page says when there is nothing to show, and what to do next."""

from __future__ import annotations

import streamlit as st

from dashboard.components import url
from dashboard.components.view import View
from dashboard.queries.door import DamagedWarehouseError, NoWarehouseError, build
from dashboard.queries.selection import PARAMETERS


def no_reports(view: View) -> None:
    """Nothing was loaded yet, or what was loaded cannot be read."""
    st.title(view.words("app.title"))
    if _is_damaged():
        st.error(view.words("empty.damaged"))
        return
    st.info(view.words("empty.warehouse"))
    st.code("nianbao load PATH", language=None)
    st.caption(view.words("empty.warehouse_help"))


def _is_damaged() -> bool:
    try:
        build()
    except DamagedWarehouseError:
        return True
    except NoWarehouseError:
        return False
    return False


def no_match(view: View) -> None:
    """The filters leave nothing: stops the page after saying so."""
    if view.summary.reports:
        return
    st.info(view.words("empty.filter"))
    st.button(view.words("filters.reset"), on_click=url.clear, args=(PARAMETERS,), key="reset_empty")
    st.stop()
