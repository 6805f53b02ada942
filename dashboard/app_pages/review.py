"""Review and litigation: results, correction rates with their intervals, funnel plot."""

import streamlit as st

from dashboard.components import cell_exhibits, exhibits, figures, review, totals, url
from dashboard.components.page import begin

view = begin("review")
words = view.words
ROWS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RATES = view.has("reconsideration_correction_rate", "litigation_correction_rate", "upheld_rate", "pending_rate")

totals.totals(view, view.has("reconsiderations", "litigations", "disputes", "dispute_rate"))
for row in ROWS:
    figures.show(view, cell_exhibits.results(view, row))

rate = url.pick_one(words, "metric", {key: view.metric(key) for key in RATES}, words("filters.metric"))
left, right = st.columns(2)
with left:
    figures.show(view, exhibits.trend(view, rate, interval=True))
with right:
    figures.show(view, review.funnel(view, rate))
