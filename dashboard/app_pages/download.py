"""Data: the filtered reports as a table, and the files that hold exactly that table."""

from functools import partial

import streamlit as st

from dashboard.components import downloads, url
from dashboard.components.page import begin
from dashboard.queries import questions

view = begin("download")
words = view.words

metrics = downloads.chosen_metrics(view)
heads = {"label": words("download.labels"), "key": words("download.keys")}
keys = url.tabs(words, "heads", heads, words("download.heads")) == "key"
frame = downloads.table(view, metrics, keys=keys)
entries = downloads.dictionary(view, keys=keys)

downloads.offer(view, frame, entries, partial(downloads.table, view, metrics, keys=keys, most=questions.WHOLE))
st.dataframe(frame, hide_index=True, placeholder="—", alt=words("page.download.title"))
with st.expander(words("download.dictionary")):
    st.dataframe(entries, hide_index=True, placeholder="—", alt=words("download.dictionary"))
st.markdown(words("download.programs"))
