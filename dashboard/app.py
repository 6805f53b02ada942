"""The dashboard's table of pages. Run it through `server.py`, which adds the `/data/` addresses and compression."""

from pathlib import Path

import pandas as pd  # noqa: F401  # first, in one thread: sessions that arrive together would import it half-way
import streamlit as st

from dashboard import signin
from dashboard.components import empty, filters, newer, url
from dashboard.components.view import current_view
from dashboard.queries.door import NoWarehouseError

PAGES = ("overview", "compare", "applications", "disclosure", "review", "problems", "quality", "reader", "download")
HERE = Path(__file__).parent

url.settle()
view = current_view()
words = view.words
pages = [
    st.Page(
        HERE / "app_pages" / f"{name}.py", title=words(f"page.{name}.title"), url_path=name, default=name == PAGES[0]
    )
    for name in PAGES
]
page = st.navigation(pages, position="hidden")
title = f"{page.title} · {words('app.title')}"
st.set_page_config(page_title=title, page_icon=str(HERE / "assets" / "icon.svg"), layout="wide", menu_items={})
signin.ask(words)
st.html(HERE / "assets" / "page.css")
try:
    with st.sidebar:
        st.markdown(f"### {words('app.title')}")
        filters.menu(pages)
        filters.filters(view)
        newer.notice(words)
        signin.leave(words)
        filters.tell_browser(view)
    if view.has_reports:
        page.run()
    else:
        empty.no_reports(words, view.fault)
except NoWarehouseError as fault:
    empty.no_reports(words, fault)
