"""Disclosure and enforcement: regulations, normative documents, licences, penalties, coercion, fees."""

import streamlit as st

from dashboard.components import exhibits, figures, points, totals, url
from dashboard.components.page import begin

view = begin("disclosure")
words = view.words
DOCUMENTS = view.has(
    "normative_issued", "normative_repealed", "normative_in_force", "regulations_issued", "regulations_in_force",
    "normative_issued_or_made",
)  # fmt: skip
ENFORCEMENT = view.has("licences", "penalties", "coercions", "fees")

totals.totals(view, ENFORCEMENT)
figures.show(view, exhibits.trends(view, "enforcement_trends", ENFORCEMENT))
figures.show(view, exhibits.trends(view, "document_trends", DOCUMENTS))

others = view.has("licence_penalty_ratio", "renewal_ratio", "normative_net_change")
options = {key: view.metric(key) for key in (*ENFORCEMENT, *DOCUMENTS, *others)}
left, right = st.columns(2)
with left:
    metric = url.pick_one(words, "metric", options, words("filters.metric"))
with right:
    year = points.choose_year(view)
figures.show(view, exhibits.ranking(view, metric, "county", year))
figures.show(view, exhibits.ranking(view, metric, "agency", year))
