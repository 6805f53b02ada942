"""An open page says when newer data have been loaded; it never changes under the reader's eyes."""

from __future__ import annotations

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.queries.door import NoWarehouseError, build

_SECONDS = 20


def notice(words: Catalogue) -> None:
    """A note with a button once the warehouse is another than the one this run began with."""
    try:
        shown = build()
    except NoWarehouseError:
        return
    _watch(words, shown)


@st.fragment(run_every=_SECONDS)
def _watch(words: Catalogue, shown: str) -> None:
    if build() != shown:
        st.info(words("empty.newer"))
        if st.button(words("empty.show_newer"), key="show_newer"):
            st.rerun()
