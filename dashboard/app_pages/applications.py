"""Applications: from received to outcome, outcomes over years, reasons, applicants, backlog."""

import streamlit as st

from dashboard.components import cell_exhibits, exhibits, figures, points, totals, url
from dashboard.components.page import begin

view = begin("applications")
words = view.words
BACKLOG = ("applications_carried_in", "applications_concluded", "applications_carried_out", "backlog_change")
RATES = (
    "disclosure_rate",
    "full_disclosure_rate",
    "refusal_rate",
    "unavailable_rate",
    "conclusion_rate",
    "carryover_rate",
)

totals.totals(
    view, view.has("applications_received", "applications_concluded", "disclosure_rate", "applications_carried_out")
)
year = points.choose_year(view)
figures.show(view, cell_exhibits.flow(view, year))
figures.show(view, cell_exhibits.outcomes(view))

outcome = url.tabs(
    words, "outcome", {key: words(f"outcome.{key}") for key in cell_exhibits.REASONED}, words("filters.outcome")
)
figures.show(view, cell_exhibits.reasons(view, outcome))
figures.show(view, cell_exhibits.applicants(view))
figures.show(view, exhibits.trends(view, "backlog_trends", view.has(*BACKLOG)))

rate = url.pick_one(words, "metric", {key: view.metric(key) for key in view.has(*RATES)}, words("filters.metric"))
left, right = st.columns(2)
with left:
    figures.show(view, exhibits.trend(view, rate, interval=True))
with right:
    figures.show(view, exhibits.ranking(view, rate, "county", year))
