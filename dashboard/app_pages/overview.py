"""Overview: how much is there, how the main counts move, which counties, what is missing."""

import streamlit as st

from dashboard.components import exhibits, figures, points, totals, url
from dashboard.components.page import begin

view = begin("overview")
words = view.words
MAIN = view.has("applications_received", "penalties", "licences", "normative_issued")

totals.counts(view)
totals.totals(view, MAIN)
figures.show(view, exhibits.trends(view, "main_trends", MAIN))

left, right = st.columns(2)
with left:
    metric = url.pick_one(words, "metric", {key: view.metric(key) for key in MAIN}, words("filters.metric"))
with right:
    year = points.choose_year(view)
figures.show(view, exhibits.ranking(view, metric, "county", year))
figures.show(view, exhibits.coverage(view))
