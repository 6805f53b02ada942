"""Report reader: one report as printed, its sections and problems, another year beside it, full-text search."""

import streamlit as st

from dashboard.components import reader
from dashboard.components.page import begin

view = begin("reader")

sought = reader.search(view)
left, right = st.columns([3, 1])
with left:
    one = reader.choose(view)
if one is not None:
    with right:
        other = reader.choose_other(view, one)
    reader.head(view, one)
    reader.place_of_cell(view, one)
    reader.findings(view, one)
    reader.tables(view, one, other)
    reader.texts(view, one, sought)
    reader.all_cells(view, one)
