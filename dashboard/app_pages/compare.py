"""Compare: chosen agencies or counties, year by year, by any metric."""

import streamlit as st

from dashboard.components import compare, exhibits, figures, points, url
from dashboard.components.page import begin

view = begin("compare")
words = view.words

left, right = st.columns(2)
with left:
    metric = url.pick_one(words, "metric", view.per_report, words("filters.metric"))
with right:
    by = url.tabs(words, "by", {name: words(f"by.{name}") for name in ("agency", "county")}, words("filters.by"))
basis = url.tabs(words, "basis", compare.bases(view, metric), words("filters.basis"))

keys = compare.chosen(view, metric, by)
frame = compare.put(view, compare.over_years(view, metric, by, keys), metric, basis)

figures.show(view, compare.together(view, frame, metric, by, basis))
figures.show(view, compare.apart(view, frame, metric, by, basis))

left, right = st.columns(2)
with left:
    year = points.choose_year(view)
with right:
    kinds = {kind: words(f"kind.{kind}") for kind in view.known.kinds}
    kind = url.pick_one(words, "among", kinds, words("filters.kind_one"))
figures.show(view, exhibits.ranking(view, metric, by, year))
figures.show(view, compare.spread(view, metric, kind, year, keys))
